// What a language model puts around the text that it was asked for: reasoning, code fences, quotes, labels, a
// sentence before, an offer behind.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/language.h"
#include "text/phrase_search.h"

namespace diktate {

struct Unwrapped {
  std::string text;
  std::vector<std::string_view> cut;  // what was taken off, for a person: "a code fence"
  bool open_reasoning = false;        // it never came to the text
};

// `structured`: headings such as "Output:" may be part of the text. What was dictated, as far as `said` has
// its words, is no wrapper. Linear.
Unwrapped unwrapped(std::string_view got, const Said& said, const std::vector<const Language*>& languages,
                    bool structured);

}  // namespace diktate
