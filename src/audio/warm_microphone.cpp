#include "audio/warm_microphone.h"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "audio/pulse_connection.h"
#include "audio/server_sleep.h"
#include "audio/server_socket.h"
#include "audio/spare_source.h"
#include "base/thread_name.h"

namespace diktate {

class WarmMicrophone::Keeper {
 public:
  Keeper(const PulseSourceOptions& options, const Clock& clock)
      : options_(options), clock_(clock), thread_([this] { run(); }) {}
  ~Keeper() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    sleep_.wake();
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
    sleep_.wake();
    if (spare && spare->is_current()) return spare;
    spare.reset();
    return open_spare(options_, clock_);
  }

  std::string problem() const {
    const std::lock_guard lock(mutex_);
    return problem_;
  }

 private:
  void run() {
    set_thread_name("warm");
    block_signals();
    auto servers = PulseConnection::Servers::any;
    while (!stopping()) {
      const FileWatch socket = watch_server_socket();  // before the server is tried: none can come unseen
      const auto connection = PulseConnection::open_watched(servers, PulseConnection::Watched::microphones,
                                                            [this] { sleep_.wake(); });
      servers = PulseConnection::Servers::running;  // one that a user ended is not to be started
      if (connection) {
        follow(**connection);
      } else {
        note_opened(tl::unexpected(connection.error()));
        sleep_.sleep(socket.descriptor());
      }
    }
  }

  // Until the server is gone. It is looked again after growing pauses, too: the default may be another one
  // soon after a microphone came or went, and the connection may not be told of it.
  void follow(PulseConnection& connection) {
    while (!stopping() && connection.alive()) {
      keep_one();
      sleep_.sleep();
    }
  }

  void keep_one() {
    std::unique_ptr<SpareSource> spare;
    {
      const std::lock_guard lock(mutex_);
      spare = std::move(spare_);
      opening_ = true;
    }
    if (spare && spare->is_current()) return note_opened(std::move(spare));
    spare.reset();
    note_opened(open_spare(options_, clock_));
  }

  void note_opened(Result<std::unique_ptr<SpareSource>> opened) {
    const std::lock_guard lock(mutex_);
    problem_ = opened ? "" : opened.error().message;
    spare_ = opened ? std::move(*opened) : nullptr;
    opening_ = false;
    opened_.notify_all();
  }

  bool stopping() {
    const std::lock_guard lock(mutex_);
    return stopping_;
  }

  const PulseSourceOptions options_;
  const Clock& clock_;
  ServerSleep sleep_;
  mutable std::mutex mutex_;
  std::condition_variable opened_;
  std::unique_ptr<SpareSource> spare_;
  std::string problem_;  // why there is none
  bool opening_ = true;  // take() waits for it
  bool stopping_ = false;
  std::thread thread_;
};

WarmMicrophone::WarmMicrophone(const PulseSourceOptions& options, const Clock& clock)
    : keeper_(std::make_unique<Keeper>(options, clock)) {}

WarmMicrophone::~WarmMicrophone() = default;

Result<std::unique_ptr<AudioSource>> WarmMicrophone::take() { return keeper_->take(); }

std::string WarmMicrophone::problem() const { return keeper_->problem(); }

}  // namespace diktate
