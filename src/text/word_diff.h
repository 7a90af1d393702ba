// What became of the words that were said, for display.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/language.h"

namespace diktate {

enum class DiffKind : unsigned char { kept, removed, added };

struct DiffRun {
  DiffKind kind{};
  std::string text;  // words with their marks, with spaces between, none at either end
  bool operator==(const DiffRun&) const = default;
};

// Runs that are never empty, no two of one kind in a row; what is removed stands before what is added in its
// place. The kept and the added ones are the result, the kept and the removed ones what was said; kept words
// are shown as in the result, whose case and marks may be other ones. Sanitised; nearly linear. Any thread.
std::vector<DiffRun> word_diff(std::string_view said, std::string_view got, const Language& language);

}  // namespace diktate
