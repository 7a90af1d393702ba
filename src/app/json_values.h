// Values of the program in JSON.
#pragma once

#include <cmath>

#include "base/clock.h"

namespace diktate {

// Three decimals: a microsecond in a value in ms.
inline double to_ms(Nanoseconds duration) {
  return std::round(static_cast<double>(duration.count()) / 1e3) / 1e3;
}

}  // namespace diktate
