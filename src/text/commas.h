// Leaving out words that stand aside from the sentence, with the commas that set them off.
#pragma once

#include <cstddef>
#include <string_view>

#include "text/rewriter.h"

namespace diktate {

// Nothing, a sentence's end or an opening mark before it: what follows begins a sentence.
bool starts_sentence(const Token& before);
// Whether the text that stands before the cursor leaves a sentence open.
bool leaves_sentence_open(std::string_view before);
bool is_ellipsis(const Token& token);

// Drops the next `count` tokens. Of the commas on either side none stays, or one where the sentence needs it:
// after an opening word ("So, um, I think"), or before a new clause ("When I got home, um, I slept").
void drop_with_commas(Rewriter& at, std::size_t count, std::string_view rule);

}  // namespace diktate
