// A system that has no threads left.
#pragma once

#include <cstddef>

#include <pthread.h>

namespace diktate::fakes {

// While it lives no std::thread can be started: each would be given a stack for which there is no room.
class NoThreads {
 public:
  NoThreads() {
    ::pthread_getattr_default_np(&former_);
    pthread_attr_t huge;
    ::pthread_getattr_default_np(&huge);
    ::pthread_attr_setstacksize(&huge, kMoreThanThereIs);
    ::pthread_setattr_default_np(&huge);
    ::pthread_attr_destroy(&huge);
  }
  ~NoThreads() {
    ::pthread_setattr_default_np(&former_);
    ::pthread_attr_destroy(&former_);
  }
  NoThreads(const NoThreads&) = delete;
  NoThreads& operator=(const NoThreads&) = delete;

 private:
  static constexpr std::size_t kMoreThanThereIs = std::size_t{1} << 60;
  pthread_attr_t former_{};
};

}  // namespace diktate::fakes
