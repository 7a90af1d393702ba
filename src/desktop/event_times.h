// When keys moved, from what the clock of whoever saw them says: they may be read late, and several at once.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/clock.h"

namespace diktate {

// Of one other clock. One thread uses it.
class EventTimes {
 public:
  // An event was read at `now`, and is of that time by the other clock. Those that are read together are all
  // to be told of before at() is asked for one of them: the least late one says how the clocks differ.
  void read(Nanoseconds theirs, Instant now) {
    const Nanoseconds difference = now.time_since_epoch() - theirs;
    const bool is_known = difference_ && now - last_ < kForgotten && difference - *difference_ < kForgotten;
    difference_ = is_known ? std::min(*difference_, difference) : difference;
    last_ = now;
  }

  // By our clock, and never later than `now`.
  Instant at(Nanoseconds theirs, Instant now) const {
    return difference_ ? std::min(now, Instant(theirs + *difference_)) : now;
  }

 private:
  // Clocks drift apart, and one of the two may be set.
  static constexpr Nanoseconds kForgotten = std::chrono::minutes(1);

  std::optional<Nanoseconds> difference_;
  Instant last_;
};

}  // namespace diktate
