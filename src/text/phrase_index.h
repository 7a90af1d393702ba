// Phrases that a user has listed, found in text by a hash of their first word.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/language.h"
#include "text/rewriter.h"

namespace diktate {

// The words of a phrase as they are compared: folded, without the marks around them.
std::vector<std::string> spoken_words(std::string_view phrase);

class PhraseIndex {
 public:
  struct Match {
    std::size_t id = 0;
    std::size_t words = 0;  // at least 1
    std::string_view
        ending;  // "'s", if the last word has it and the phrase has not; a part of the token's text
  };

  // `id` is what a match answers with. Of two phrases with the same words the later one counts; one without
  // words is never found.
  void add(std::string_view phrase, std::size_t id);
  bool empty() const { return phrases_.empty(); }

  // The longest phrase that the tokens from `at.now(ahead)` on begin with. Its words stand next to each
  // other, without a mark or line between, and none is fixed.
  std::optional<Match> find(const Rewriter& at, std::size_t ahead = 0) const;

 private:
  struct Phrase {
    std::vector<std::string> words;
    std::size_t id = 0;
  };
  const std::vector<Phrase>* beginning_with(std::string_view word) const;

  // By the first word, the longest first.
  std::unordered_map<std::string, std::vector<Phrase>, WordHash, std::equal_to<>> phrases_;
};

// The "'s" that a word ends with, as it is written there; empty for none.
std::string_view possessive_ending(const Token& word);

}  // namespace diktate
