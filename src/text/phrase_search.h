// Phrases of a language in plain text, and whether the speaker said them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/language.h"

namespace diktate {

// Letters and digits with apostrophes inside, in lower case; hyphens part words.
struct PlainWord {
  std::string folded;
  std::size_t begin = 0;  // bytes of the text
  std::size_t end = 0;
};
using PlainWords = std::vector<PlainWord>;

PlainWords plain_words(std::string_view text);

// How many words from `index` on are a phrase of the groups: the longest; 0 for none.
std::size_t phrase_at(const PlainWords& words, std::size_t index, const Language& language,
                      PhraseGroups groups, const Phrase** found = nullptr);

// The words that were dictated.
class Said {
 public:
  Said(std::string_view text, const Language& language);

  // Whether these words of a result were dictated: all but one of five, in any order. With `at_start` or
  // `at_end`: near the start, or the end.
  enum class Where : unsigned char { anywhere, at_start, at_end };
  bool has(const PlainWords& words, std::size_t first, std::size_t end, Where where = Where::anywhere) const;
  // How many of them were not.
  std::size_t missing(const PlainWords& words, std::size_t first, std::size_t end, Where where) const;
  // Whether a phrase of the group with this value was dictated.
  bool has_phrase(PhraseGroup group, std::string_view value) const;
  const PlainWords& words() const { return words_; }
  const Language& language() const { return language_; }
  std::string_view text() const { return text_; }

 private:
  void note(const std::string& word, std::size_t place);
  void note_spelled(std::size_t first);
  const Language& language_;
  std::string text_;
  PlainWords words_;
  struct Places {
    std::size_t first = 0, last = 0;
  };
  std::unordered_map<std::string, Places> places_;
};

}  // namespace diktate
