// How long a processor that fails is left alone: longer each time, so that a dead server costs nothing.
#pragma once

#include <algorithm>
#include <optional>

#include "base/clock.h"

namespace diktate {

// One thread uses it.
class Backoff {
 public:
  static constexpr Nanoseconds kFirst = std::chrono::seconds(1);
  static constexpr Nanoseconds kMost = std::chrono::minutes(1);

  bool may_try(Instant now) const { return now >= until_; }
  Instant until() const { return until_; }
  bool is_failing() const { return pause_ != Nanoseconds(0); }

  // `wish`: what the server itself asked for, if that is longer.
  void failed(Instant now, std::optional<Nanoseconds> wish = {}) {
    pause_ = is_failing() ? std::min(2 * pause_, kMost) : kFirst;
    until_ = now + std::max(pause_, wish.value_or(Nanoseconds(0)));
  }

  void succeeded() { *this = Backoff(); }

 private:
  Nanoseconds pause_{0};
  Instant until_ = Instant::min();
};

}  // namespace diktate
