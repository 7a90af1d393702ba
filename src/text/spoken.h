// Whether the words of a spoken command are one, or are meant as words: "the Victorian period", "a dash of
// salt".
#pragma once

#include "text/rewriter.h"

namespace diktate {

inline constexpr PhraseGroups kCommands =
    groups(PhraseGroup::mark, PhraseGroup::open, PhraseGroup::close, PhraseGroup::join, PhraseGroup::sign,
           PhraseGroup::prefix, PhraseGroup::layout, PhraseGroup::casing, PhraseGroup::literal,
           PhraseGroup::no_space, PhraseGroup::key, PhraseGroup::take_back);

// `command` begins with the next token. What the speaker meant shows in the words around it. `before`: what
// stands before the cursor, where it leaves a sentence open; a mark may close that.
bool is_command(const Rewriter& at, const Phrase& command, std::string_view before);

}  // namespace diktate
