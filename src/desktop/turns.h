// Those who wait are let in one at a time, in the order in which they came.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace diktate {

// Thread-safe.
class Turns {
 public:
  // Waits until everybody before has left. Must be followed by leave().
  void enter() {
    std::unique_lock lock(mutex_);
    const std::uint64_t mine = last_++;
    changed_.wait(lock, [&] { return mine == first_; });
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    ++first_;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t first_ = 0;
  std::uint64_t last_ = 0;
};

}  // namespace diktate
