// What of an alignment is accounted for in another way: list figures, moved words, signs, times of day.
#pragma once

#include <cstddef>
#include <vector>

#include "text/verify_checks.h"

namespace diktate {

struct Account {
  std::vector<bool> lost;        // said words that are gone without an excuse
  std::vector<bool> added;       // words of the result that come from nowhere
  std::vector<bool> moved_from;  // said words that stand elsewhere now
  std::size_t moved = 0;         // how many, but for those beside a number
  std::size_t moved_content = 0;
  std::size_t moved_persons = 0;  // "you"
};

Account account_for(const Comparison& comparison);

}  // namespace diktate
