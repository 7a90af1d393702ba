#include "base/time_asleep.h"

#include <time.h>

namespace diktate {

Nanoseconds time_asleep() {
  timespec boot{};
  timespec awake{};
  ::clock_gettime(CLOCK_MONOTONIC, &awake);
  ::clock_gettime(CLOCK_BOOTTIME, &boot);
  return std::chrono::seconds(boot.tv_sec - awake.tv_sec) + Nanoseconds(boot.tv_nsec - awake.tv_nsec);
}

}  // namespace diktate
