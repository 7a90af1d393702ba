// How long the machine has slept (suspend, hibernation), which the monotonic clock does not tell.
#pragma once

#include "base/clock.h"

namespace diktate {

// Since it was booted. Grows in a sleep alone; two calls without one differ by some microseconds.
Nanoseconds time_asleep();

// What is shorter is none.
inline constexpr Nanoseconds kShortestSleep = std::chrono::seconds(1);

}  // namespace diktate
