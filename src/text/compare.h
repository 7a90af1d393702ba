// Words as verification compares them: without case, accents and marks, contractions and addresses taken
// apart, numbers digit by digit however they were said. "$25", "twenty five dollars" and "25 dollars" are the
// same.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/language.h"
#include "text/token.h"

namespace diktate {

// Numbers for words, shared by the texts that are compared. 0 is no word.
class Keys {
 public:
  int id(std::string_view key);

 private:
  std::unordered_map<std::string, int, WordHash, std::equal_to<>> ids_;
};

struct CompareWord {
  enum class Kind : unsigned char { word, digit, sign };  // sign: of a currency, or %
  Kind kind = Kind::word;
  std::string key;
  std::array<int, 4> ids = {};  // its own, and those of what it is a spelling, a form, or a homophone of
  const Entry* entry = nullptr;
  std::size_t token = 0;  // of the text it is from
  bool border = true;     // digits: a number, or a part of one, begins here
  bool point = false;     // digits: a decimal point stands before it
  bool grouped = false;   // digits: a comma or a full stop, and three digits follow: "1,200", or "3.142"
  bool fraction = false;  // digits: said as "half", "quarter"
  bool marker = false;    // digits: of a list, "2." at the start of a line
  bool name = false;      // has a capital where no sentence begins
  bool placed = false;    // the first word of a line, or of a sentence
  bool is(WordClasses classes) const { return entry != nullptr && (entry->classes & classes) != 0; }
  bool in(PhraseGroups groups) const { return entry != nullptr && (entry->groups & groups) != 0; }
  bool is_digit() const { return kind == Kind::digit; }
};
using CompareWords = std::vector<CompareWord>;

CompareWords compare_words(const Tokens& tokens, const Language& language, Keys& keys);

// The same word, but for its spelling, its form, or how it was heard. Never for what must not be changed into
// something near: names, days, negations.
bool alike(const CompareWord& one, const CompareWord& other, const Language& language);

}  // namespace diktate
