// A written text as the words that were said: the form in which two ways of writing the same speech are
// equal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace diktate::bench {

// English. Lower case, no punctuation except apostrophes inside a word; numbers, clock times, percentages,
// ordinals, decades and years spelled out; hesitations (um, uh, ...) left out; spellings of one word made one
// ("mr." is "mister", "ok" is "okay"); notes in [brackets] and <tags> dropped. `utf8` that is malformed is
// read as far as it goes.
std::vector<std::string> spoken_words(std::string_view utf8);

}  // namespace diktate::bench
