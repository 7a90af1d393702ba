// Which word of one text is which of another, in the order of both.
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "text/compare.h"
#include "text/language.h"

namespace diktate {

inline constexpr std::size_t kUnmatched = std::numeric_limits<std::size_t>::max();

// Matches grow in both lists, but that several words may stand for one ("wi fi" and "wifi").
struct Alignment {
  std::vector<std::size_t> said;  // for each said word the one that it became, or kUnmatched
  std::vector<std::size_t> got;   // for each word of the result the one that it was, or kUnmatched
};

// The heaviest alignment, where content weighs more than words such as "the". Long texts are taken apart at
// words that both have once, or gone over window by window. Nearly linear.
Alignment align(const CompareWords& said, const CompareWords& got, const Language& language);

}  // namespace diktate
