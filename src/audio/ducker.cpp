#include "audio/ducker.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "audio/ducked_streams.h"
#include "audio/playback_volumes.h"
#include "audio/pulse_connection.h"
#include "base/start_thread.h"
#include "base/thread_name.h"

namespace diktate {
namespace {

constexpr auto kFirstPause = std::chrono::seconds(1);
constexpr auto kLongestPause = std::chrono::seconds(64);
// A stream may be told of before it has its volume (PipeWire): then all are looked at again.
constexpr auto kSettled = std::chrono::milliseconds(250);

class PulseDucker final : public Ducker {
 public:
  explicit PulseDucker(const DuckerOptions& options) : options_(options) {}
  ~PulseDucker() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      changed_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
  }
  PulseDucker(const PulseDucker&) = delete;
  PulseDucker& operator=(const PulseDucker&) = delete;

  void duck() override {
    const std::lock_guard lock(mutex_);
    wanted_ = true;
    pause_ = {};
    changed_.notify_all();
    start();
  }

  void restore() override {
    std::error_code none;
    const bool left = std::filesystem::exists(options_.note, none);
    const std::lock_guard lock(mutex_);
    wanted_ = false;
    left_ = left_ || left;
    changed_.notify_all();
    if (left) start();
  }

 private:
  // Under the lock. Where no thread is to be had all plays on as loud as it is; the next call tries again.
  void start() {
    if (thread_.joinable()) return;
    if (auto started = start_thread([this] { run(); })) thread_ = std::move(*started);
  }

  void run() {
    set_thread_name("duck");
    block_signals();
    while (await_work()) {
      const bool done = work();
      const std::lock_guard lock(mutex_);
      pause_ = done ? std::chrono::seconds(0) : std::clamp(2 * pause_, kFirstPause, kLongestPause);
    }
  }

  // False: there will be none.
  bool await_work() {
    std::unique_lock lock(mutex_);
    const auto pause = pause_;
    changed_.wait_for(lock, pause, [&] { return stopping_ || pause_ != pause; });
    changed_.wait(lock, [&] { return stopping_ || wanted_ || left_; });
    return !stopping_;
  }

  // One connection: from the first stream that is made quieter to the last that is loud again, be it one that
  // begins later, as quiet as its program was made. False: the server did not do all of it.
  bool work() {
    const auto connection = PulseConnection::open_watched(
        PulseConnection::Servers::running, PulseConnection::Watched::playback, [this] { note_stream(); });
    if (!connection) return false;
    PlaybackVolumes volumes(**connection);
    DuckedStreams streams = read_ducked(options_.note);
    settled_ = false;
    if (!put_back(volumes, streams)) return false;
    note_stream();  // those that play already
    while (await_stream(true))
      if (!duck_others(volumes, streams)) return false;
    do {
      if (!put_back(volumes, streams)) return false;
    } while (!streams.streams.empty() && await_stream(false));
    return true;
  }

  void note_stream() {
    const std::lock_guard lock(mutex_);
    new_stream_ = true;
    changed_.notify_all();
  }

  // False: it is over, or others are no longer `wanted` to be quieter or loud.
  bool await_stream(bool wanted) {
    std::unique_lock lock(mutex_);
    const auto is_due = [&] { return stopping_ || wanted_ != wanted || new_stream_; };
    if (settled_) {
      changed_.wait(lock, is_due);
    } else {
      changed_.wait_for(lock, kSettled, is_due);
    }
    settled_ = !std::exchange(new_stream_, false);
    return wanted_ == wanted && !stopping_;
  }

  // What is not noted is not changed.
  bool duck_others(PlaybackVolumes& volumes, DuckedStreams& streams) {
    const auto playing = volumes.playing();
    if (!playing) return false;
    const auto fresh = to_duck(*playing, streams, volumes.saved());
    if (fresh.empty()) return true;
    streams.streams.insert(streams.streams.end(), fresh.begin(), fresh.end());
    if (auto noted = write_ducked(options_.note, streams); !noted) {
      streams.streams.resize(streams.streams.size() - fresh.size());
      options_.warn("other programs are not made quieter: " + noted.error().message);
      return true;
    }
    set_left(true);
    return std::all_of(fresh.begin(), fresh.end(), [&](const DuckedStream& stream) {
      return volumes.set(stream.before.index, stream.ducked).has_value();
    });
  }

  // What cannot be yet stays among `streams`.
  bool put_back(PlaybackVolumes& volumes, DuckedStreams& streams) {
    const auto server = volumes.server();
    if (!server) return false;
    if (streams.streams.empty()) {
      streams.server = *server;
    } else if (!put_back_at(*server, volumes, streams)) {
      return false;
    }
    const bool left = !streams.streams.empty();
    std::error_code gone;
    if (!left || !write_ducked(options_.note, streams)) std::filesystem::remove(options_.note, gone);
    set_left(left);
    return true;
  }

  bool put_back_at(std::uint32_t server, PlaybackVolumes& volumes, DuckedStreams& streams) {
    const auto playing = volumes.playing();
    if (!playing) return false;
    const auto saved = volumes.saved();
    for (const PlaybackStream& stream : to_put_back(streams, server, *playing, saved))
      if (!volumes.set(stream.index, stream.volumes)) return false;
    for (const SavedVolume& volume : to_save(streams, server, *playing, saved))
      if (!volumes.save(volume)) return false;
    streams = still_owed(streams, server, *playing, saved, settled_);
    return true;
  }

  void set_left(bool left) {
    const std::lock_guard lock(mutex_);
    left_ = left;
  }

  const DuckerOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool wanted_ = false;
  bool new_stream_ = false;
  bool left_ = false;  // there is a note: something may still be quiet
  bool stopping_ = false;
  std::chrono::seconds pause_{};  // before the next try
  bool settled_ = false;          // the thread's own: no stream began just now
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Ducker> make_ducker(const DuckerOptions& options) {
  return std::make_unique<PulseDucker>(options);
}

}  // namespace diktate
