// Those who wait are let in one at a time, in the order in which they came.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace diktate {

// Thread-safe.
class Turns {
 public:
  // A turn, which others wait for as long as this object lives. Its constructor waits until everybody before
  // has left.
  class Turn {
   public:
    explicit Turn(Turns& turns) : turns_(turns) { turns_.enter(); }
    ~Turn() { turns_.leave(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    Turns& turns_;
  };

 private:
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

  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t first_ = 0;
  std::uint64_t last_ = 0;
};

}  // namespace diktate
