#include "bench/brisk_clock.h"

#include <algorithm>
#include <utility>

namespace diktate::bench {

Instant BriskClock::now() const {
  const Nanoseconds passed = base_.now() - origin_;
  const Nanoseconds brisk = std::min(passed, brisk_ / factor_);
  return origin_ + brisk * factor_ + (passed - brisk);
}

bool BriskClock::sleep_until(Instant when, std::stop_token stop) const {
  const Nanoseconds passes = when - origin_;
  const Nanoseconds brisk = std::min(passes, brisk_);
  // Rounded up: not before `when`.
  const Nanoseconds on_base = (brisk + Nanoseconds(factor_ - 1)) / factor_ + (passes - brisk);
  return base_.sleep_until(origin_ + on_base, std::move(stop));
}

}  // namespace diktate::bench
