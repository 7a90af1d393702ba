#include "audio/cue_player.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <pulse/context.h>
#include <pulse/proplist.h>
#include <pulse/stream.h>

#include "audio/pulse_connection.h"
#include "base/start_thread.h"
#include "base/thread_name.h"

namespace diktate {
namespace {

constexpr pa_sample_spec kCueFormat{PA_SAMPLE_FLOAT32NE, kSampleRate, 1};
constexpr std::size_t kMostWaiting = 4;
// A cue is over when the server says so. It is heard a little longer: by the way through the air, and because
// a frame of a microphone is known by its last sample alone.
constexpr auto kEcho = std::chrono::milliseconds(100);
constexpr auto kLongest = std::chrono::seconds(1);  // a server that never says so deafens nobody

// One cue on its way through the server.
class CueStream {
 public:
  explicit CueStream(PulseConnection& connection) : connection_(connection) {
    const PulseConnection::Lock lock(connection_);
    pa_proplist* properties = pa_proplist_new();
    pa_proplist_sets(properties, PA_PROP_MEDIA_ROLE, "event");
    stream_ = pa_stream_new_with_proplist(connection_.context(), "cue", &kCueFormat, nullptr, properties);
    pa_proplist_free(properties);
  }
  ~CueStream() {
    if (stream_ == nullptr) return;
    const PulseConnection::Lock lock(connection_);
    pa_stream_set_state_callback(stream_, nullptr, nullptr);
    pa_stream_disconnect(stream_);
    pa_stream_unref(stream_);
  }
  CueStream(const CueStream&) = delete;
  CueStream& operator=(const CueStream&) = delete;

  // Wait for the server. False: it cannot be played.
  bool open(std::size_t bytes) {
    if (stream_ == nullptr) return false;
    const PulseConnection::Lock lock(connection_);
    const auto wake = [](pa_stream*, void* self) { static_cast<CueStream*>(self)->connection_.wake(); };
    pa_stream_set_state_callback(stream_, wake, this);
    pa_buffer_attr wanted{};
    wanted.maxlength = static_cast<std::uint32_t>(-1);
    wanted.tlength = static_cast<std::uint32_t>(bytes);
    wanted.prebuf = static_cast<std::uint32_t>(-1);
    wanted.minreq = static_cast<std::uint32_t>(-1);
    if (pa_stream_connect_playback(stream_, nullptr, &wanted, PA_STREAM_ADJUST_LATENCY, nullptr, nullptr) < 0)
      return false;
    const auto settled = connection_.wait([&] {
      const auto state = pa_stream_get_state(stream_);
      return state == PA_STREAM_READY || PA_STREAM_IS_GOOD(state) == 0;
    });
    return settled && pa_stream_get_state(stream_) == PA_STREAM_READY;
  }

  // Until `hushed`, which is asked again when the connection wakes.
  void play(const Samples& samples, const std::atomic<bool>& hushed) {
    const PulseConnection::Lock lock(connection_);
    if (pa_stream_write(stream_, samples.data(), samples.size() * sizeof(float), nullptr, 0,
                        PA_SEEK_RELATIVE) < 0)
      return;
    const auto wake = [](pa_stream*, int, void* self) { static_cast<CueStream*>(self)->connection_.wake(); };
    pa_operation* drain = pa_stream_drain(stream_, wake, this);
    if (drain == nullptr) return;
    static_cast<void>(
        connection_.wait([&] { return hushed || pa_operation_get_state(drain) != PA_OPERATION_RUNNING; }));
    pa_operation_cancel(drain);
    pa_operation_unref(drain);
  }

 private:
  PulseConnection& connection_;
  pa_stream* stream_ = nullptr;
};

class PulseCuePlayer final : public CuePlayer {
 public:
  explicit PulseCuePlayer(const Clock& clock) : clock_(clock) {}
  ~PulseCuePlayer() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      changed_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
  }
  PulseCuePlayer(const PulseCuePlayer&) = delete;
  PulseCuePlayer& operator=(const PulseCuePlayer&) = delete;

  void play(Cue cue) override {
    const std::lock_guard lock(mutex_);
    if (!thread_.joinable()) {
      auto started = start_thread([this] { run(); });
      if (!started) return;  // it would be no news by the next one
      thread_ = std::move(*started);
    }
    if (waiting_.size() < kMostWaiting) waiting_.push_back(cue);
    changed_.notify_all();
  }

  void hush() override {
    const std::lock_guard lock(mutex_);
    waiting_.clear();
    hushed_ = true;
    if (connection_ == nullptr) return;
    const PulseConnection::Lock playing(*connection_);
    connection_->wake();
  }

  bool sounded_at(Instant when) const override {
    const std::lock_guard lock(mutex_);
    if (!began_ || when < *began_) return false;
    return when < *began_ + kLongest && (!ended_ || when < *ended_ + kEcho);
  }

 private:
  void run() {
    set_thread_name("cues");
    block_signals();
    while (const auto cue = next()) {
      const auto connection = PulseConnection::open();
      if (!connection) continue;
      note_connection(connection->get());
      play_over(**connection, cue_samples(*cue));
      note_connection(nullptr);
    }
  }

  void play_over(PulseConnection& connection, const Samples& samples) {
    CueStream stream(connection);
    if (!stream.open(samples.size() * sizeof(float)) || hushed_) return;
    note(true);
    stream.play(samples, hushed_);
    note(false);
  }

  // None: there will be no more.
  std::optional<Cue> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return {};
    const Cue cue = waiting_.front();
    waiting_.pop_front();
    hushed_ = false;
    return cue;
  }

  void note_connection(PulseConnection* connection) {
    const std::lock_guard lock(mutex_);
    connection_ = connection;
  }

  void note(bool begins) {
    const std::lock_guard lock(mutex_);
    if (begins) {
      began_ = clock_.now();
      ended_.reset();
    } else {
      ended_ = clock_.now();
    }
  }

  const Clock& clock_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Cue> waiting_;
  PulseConnection* connection_ = nullptr;  // of the one that plays
  std::atomic<bool> hushed_ = false;       // the one that plays
  std::optional<Instant> began_;           // the last one
  std::optional<Instant> ended_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<CuePlayer> make_cue_player(const Clock& clock) {
  return std::make_unique<PulseCuePlayer>(clock);
}

}  // namespace diktate
