// Monotonic time. What is measured takes a Clock, so that tests need not wait; what only sets limits to
// waiting for the world outside uses a SteadyClock of its own.
#pragma once

#include <chrono>
#include <stop_token>

namespace diktate {

using Nanoseconds = std::chrono::nanoseconds;
// A point on the monotonic clock, in ns. It stands still while the machine sleeps.
using Instant = std::chrono::time_point<std::chrono::steady_clock, Nanoseconds>;

// Thread-safe; lives longer than everything that borrows it.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  // Waits until `when` or until `stop` is asked for; true if `when` was reached.
  virtual bool sleep_until(Instant when, std::stop_token stop) const = 0;
};

// CLOCK_MONOTONIC.
class SteadyClock final : public Clock {
 public:
  Instant now() const override;
  bool sleep_until(Instant when, std::stop_token stop) const override;
};

}  // namespace diktate
