// What a dictionary holds, and what may be in it: the same for a file of either format and for the command
// line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/dictionary.h"
#include "text/snippets.h"

namespace diktate {

struct DictionaryWords {
  std::vector<Replacement> replacements;
  std::vector<std::string> favoured;
  std::vector<Snippet> snippets;
};

// Each adds an entry at the end. `invalid`: nothing that can be said ("..."), more than kMostSpokenWords of
// it, nothing to write, or no UTF-8.
inline constexpr std::size_t kMostSpokenWords = 20;
Result<void> add_replacement(DictionaryWords& words, std::string_view spoken, std::string_view written);
Result<void> add_favoured(DictionaryWords& words, std::string_view word);
Result<void> add_snippet(DictionaryWords& words, std::string_view trigger, std::string_view text);

// Adds all of `more`. Of two entries of a kind with the same spoken words the later one stays; each kind is
// in alphabetical order afterwards.
void merge(DictionaryWords& words, DictionaryWords more);

// Takes out every entry that is said like this; how many there were.
std::size_t remove_spoken(DictionaryWords& words, std::string_view spoken);

}  // namespace diktate
