#include "audio/warm_microphone.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "audio/pulse_connection.h"
#include "audio/server_socket.h"
#include "audio/spare_source.h"
#include "base/files.h"
#include "base/thread_name.h"

namespace diktate {
namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr Milliseconds kFirstRetry{250};
constexpr Milliseconds kLongestRetry{64'000};
constexpr Milliseconds kForEver{-1};  // as poll() takes it

}  // namespace

class WarmMicrophone::Keeper {
 public:
  Keeper(const PulseSourceOptions& options, const Clock& clock)
      : options_(options), clock_(clock), thread_([this] { run(); }) {}
  ~Keeper() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake();
    thread_.join();
  }
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

  Result<std::unique_ptr<AudioSource>> take() {
    std::unique_ptr<SpareSource> spare;
    {
      std::unique_lock lock(mutex_);
      opened_.wait(lock, [&] { return !opening_; });
      spare = std::move(spare_);
      opening_ = true;  // the next one
    }
    wake();
    if (spare && spare->is_current()) return spare;
    spare.reset();
    return open_spare(options_, clock_);
  }

 private:
  void run() {
    set_thread_name("warm");
    block_signals();
    auto servers = PulseConnection::Servers::any;
    while (!stopping()) {
      const FileWatch socket = watch_server_socket();  // before the server is tried: none can come unseen
      auto connection = PulseConnection::open(servers);
      servers = PulseConnection::Servers::running;  // one that a user ended is not to be started
      if (connection && (*connection)->watch(PulseConnection::Watched::microphones, [this] { wake(); })) {
        follow(**connection);
      } else {
        note_opened(nullptr);
        await(socket.descriptor(), next_pause());
      }
    }
  }

  // Until the server is gone.
  void follow(PulseConnection& connection) {
    while (!stopping() && connection.alive()) {
      const bool ready = keep_one();
      if (ready) pause_ = {};
      await(-1, ready ? kForEver : next_pause());
    }
  }

  // Whether one is on, or will be.
  bool keep_one() {
    std::unique_ptr<SpareSource> spare;
    {
      const std::lock_guard lock(mutex_);
      spare = std::move(spare_);
      opening_ = true;
    }
    if (!spare || !spare->is_current()) {
      spare.reset();
      auto opened = open_spare(options_, clock_);
      if (opened) spare = std::move(*opened);
    }
    const bool ready = spare != nullptr;
    note_opened(std::move(spare));
    return ready;
  }

  void note_opened(std::unique_ptr<SpareSource> spare) {
    const std::lock_guard lock(mutex_);
    spare_ = std::move(spare);
    opening_ = false;
    opened_.notify_all();
  }

  Milliseconds next_pause() {
    pause_ = std::clamp(2 * pause_, kFirstRetry, kLongestRetry);
    return pause_;
  }

  // Until somebody wakes the thread, `sign` is readable, or it is time.
  void await(int sign, Milliseconds longest) {
    std::array<pollfd, 2> ready{{{wake_.get(), POLLIN, 0}, {sign, POLLIN, 0}}};
    ::poll(ready.data(), ready.size(), static_cast<int>(longest.count()));
    if (ready[0].revents != 0 || ready[1].revents != 0) pause_ = {};
    std::uint64_t count = 0;
    static_cast<void>(!::read(wake_.get(), &count, sizeof count));
  }

  void wake() const {
    const std::uint64_t one = 1;
    static_cast<void>(!::write(wake_.get(), &one, sizeof one));
  }

  bool stopping() {
    const std::lock_guard lock(mutex_);
    return stopping_;
  }

  const PulseSourceOptions options_;
  const Clock& clock_;
  const UniqueFd wake_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  std::mutex mutex_;
  std::condition_variable opened_;
  std::unique_ptr<SpareSource> spare_;
  bool opening_ = true;  // take() waits for it
  bool stopping_ = false;
  Milliseconds pause_{};
  std::thread thread_;
};

WarmMicrophone::WarmMicrophone(const PulseSourceOptions& options, const Clock& clock)
    : keeper_(std::make_unique<Keeper>(options, clock)) {}

WarmMicrophone::~WarmMicrophone() = default;

Result<std::unique_ptr<AudioSource>> WarmMicrophone::take() { return keeper_->take(); }

}  // namespace diktate
