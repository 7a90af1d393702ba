// How fast a source hands out what it has: at once, or as a live microphone would.
#pragma once

#include <optional>

#include "base/clock.h"

namespace diktate {

struct Pace {
  // 0: as fast as possible. 1: real time; sample k (from 0) is never handed out before start + (k + 1) /
  // 16000 s. Anything over 0 divides that time. Never negative.
  double speed = 0;
  // The instant at which sample 0 begins to be captured; the instant of the first read when it is not given.
  std::optional<Instant> start = {};
};

}  // namespace diktate
