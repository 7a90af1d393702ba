// The thread "notify" shows one notice after the other; a bus that hangs holds up nobody else. It is left
// behind when the program ends and the bus still does not answer, hence the state that is shared with it.
#include "feedback/notifier.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "base/clock.h"
#include "base/start_thread.h"
#include "base/thread_name.h"
#include "feedback/notification_bus.h"

namespace diktate {
namespace {

constexpr auto kRetry = std::chrono::seconds(1);
constexpr auto kStale = std::chrono::seconds(10);  // what happened so long ago is no news
constexpr auto kPartingLimit = std::chrono::seconds(1);

class Shower {
 public:
  void show(const Notice& notice) {
    const std::lock_guard lock(mutex_);
    waiting_ = Waiting{notice, SteadyClock().now() + kStale};
    changed_.notify_all();
  }

  std::string problem() const {
    const std::lock_guard lock(mutex_);
    return problem_;
  }

  // Whether it is over by then.
  bool stop() {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
    return changed_.wait_for(lock, kPartingLimit, [&] { return over_; });
  }

  void run() {
    std::unique_lock lock(mutex_);
    while (const auto next = await(lock)) {
      lock.unlock();
      const auto shown = bus_.show(next->notice);
      lock.lock();
      problem_ = shown ? "" : "the last notification was not shown: " + shown.error().message;
      const bool may_come = shown || shown.error().kind == ErrorKind::timeout;
      const bool tried_again = !may_come && !stopping_ && SteadyClock().now() + kRetry < next->limit;
      if (!tried_again || changed_.wait_for(lock, kRetry, [&] { return stopping_ || waiting_; })) continue;
      waiting_ = next;
    }
    over_ = true;
    changed_.notify_all();
  }

 private:
  struct Waiting {
    Notice notice;
    Instant limit;
  };

  // The next notice; none: there will be no more.
  std::optional<Waiting> await(std::unique_lock<std::mutex>& lock) {
    changed_.wait(lock, [&] { return stopping_ || waiting_; });
    return std::exchange(waiting_, std::nullopt);
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Waiting> waiting_;
  std::string problem_;
  bool stopping_ = false;
  bool over_ = false;
  NotificationBus bus_;  // of the thread
};

class DesktopNotifier final : public Notifier {
 public:
  ~DesktopNotifier() override {
    if (!thread_.joinable()) return;
    if (shower_->stop()) {
      thread_.join();
    } else {
      thread_.detach();
    }
  }
  DesktopNotifier() = default;
  DesktopNotifier(const DesktopNotifier&) = delete;
  DesktopNotifier& operator=(const DesktopNotifier&) = delete;

  void show(const Notice& notice) override {
    shower_->show(notice);
    const std::lock_guard lock(mutex_);
    if (thread_.joinable()) return;
    auto started = start_thread([shower = shower_] {
      set_thread_name("notify");
      block_signals();
      shower->run();
    });
    if (started) thread_ = std::move(*started);  // else the next notice tries again
  }

  std::string problem() const override { return shower_->problem(); }

 private:
  const std::shared_ptr<Shower> shower_ = std::make_shared<Shower>();
  std::mutex mutex_;  // only for the start of
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Notifier> make_desktop_notifier() { return std::make_unique<DesktopNotifier>(); }

}  // namespace diktate
