// A clock that runs fast at first and then in real time: plays the long beginning of a take quickly and
// measures its end as it would be.
#pragma once

#include <cstdint>

#include "base/clock.h"

namespace diktate::bench {

// Starts at `base`'s present. Its first `brisk` pass `factor` times as fast as on `base`; from then on it
// keeps pace with it. `base` is borrowed. Thread-safe as `base` is.
class BriskClock final : public Clock {
 public:
  BriskClock(const Clock& base, Nanoseconds brisk, int factor)
      : base_(base), origin_(base.now()), brisk_(brisk), factor_(factor) {}

  Instant now() const override;
  bool sleep_until(Instant when, std::stop_token stop) const override;

 private:
  const Clock& base_;
  const Instant origin_;
  const Nanoseconds brisk_;
  const int factor_;
};

}  // namespace diktate::bench
