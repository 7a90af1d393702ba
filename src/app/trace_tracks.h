// Lays spans out on tracks on which they nest.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/timeline.h"

namespace diktate {

struct TrackLayout {
  std::vector<std::string> names;  // of the tracks; those of the threads themselves first, as they appear
  std::vector<std::size_t> track;  // of each span, a position in `names`
};

// On each track any two spans are apart or one holds the other, and a span stands on its parent's track when
// both are of one thread and the parent's time holds its own.
TrackLayout lay_out(std::span<const Span> spans);

}  // namespace diktate
