#include "base/clock.h"

#include <condition_variable>
#include <mutex>

namespace diktate {

Instant SteadyClock::now() const { return std::chrono::steady_clock::now(); }

bool SteadyClock::sleep_until(Instant when, std::stop_token stop) const {
  std::mutex mutex;
  std::condition_variable_any woken;
  std::unique_lock lock(mutex);
  return !woken.wait_until(lock, stop, when, [&] { return stop.stop_requested(); }) && !stop.stop_requested();
}

}  // namespace diktate
