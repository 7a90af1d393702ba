// A clock that stands still until somebody sleeps on it: sleeping moves it to the instant that was asked for.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <utility>

#include "base/clock.h"

namespace diktate::fakes {

// Thread-safe, but two threads that sleep on it both move the same time.
class FakeClock final : public Clock {
 public:
  Instant now() const override {
    std::lock_guard lock(mutex_);
    return now_;
  }

  bool sleep_until(Instant when, std::stop_token stop) const override {
    while (!stop.stop_requested()) {
      if (!step_towards(when)) return true;
    }
    return false;
  }

  void advance(Nanoseconds time) { sleep_until(now() + time, {}); }

  // Runs `event` when time gets to `when`, on the thread that moves it.
  void at(Instant when, std::function<void()> event) {
    std::lock_guard lock(mutex_);
    events_.emplace(when, std::move(event));
  }

 private:
  // To the next event, which runs, or else to `when`: false then.
  bool step_towards(Instant when) const {
    std::function<void()> event;
    {
      std::lock_guard lock(mutex_);
      const auto next = events_.begin();
      if (next == events_.end() || next->first > when) {
        now_ = std::max(now_, when);
        return false;
      }
      now_ = std::max(now_, next->first);
      event = std::move(next->second);
      events_.erase(next);
    }
    event();
    return true;
  }

  mutable std::mutex mutex_;
  mutable Instant now_{std::chrono::hours(1)};
  mutable std::multimap<Instant, std::function<void()>> events_;
};

}  // namespace diktate::fakes
