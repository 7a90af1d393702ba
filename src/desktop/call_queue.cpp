#include "desktop/call_queue.h"

#include <algorithm>
#include <future>

#include <sys/eventfd.h>
#include <unistd.h>

namespace diktate {

CallQueue::CallQueue() : alarm_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void CallQueue::wake() const {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(alarm_.get(), &one, sizeof one);
}

bool CallQueue::call(const std::function<void()>& action) {
  std::promise<bool> done;
  auto called = done.get_future();
  {
    const std::lock_guard lock(mutex_);
    if (ended_) return false;
    actions_.emplace_back([&](bool good) {
      if (good) action();
      done.set_value(good);
    });
  }
  wake();
  return called.get();
}

void CallQueue::stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake();
}

bool CallQueue::run(bool alive) {
  std::deque<std::function<void(bool)>> actions;
  {
    const std::lock_guard lock(mutex_);
    std::uint64_t count = 0;
    [[maybe_unused]] const auto bytes = read(alarm_.get(), &count, sizeof count);
    actions.swap(actions_);
    if (stop_ || !alive) ended_ = true;
  }
  for (const auto& action : actions) action(alive);
  return !ended_;
}

int poll_timeout(std::optional<Instant> until) {
  if (!until) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - SteadyClock().now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

}  // namespace diktate
