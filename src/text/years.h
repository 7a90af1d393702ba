// Reads years said in words: "nineteen ninety eight", "two thousand ten", "nineteen oh five"; and what the
// words around a number say of it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "text/language.h"
#include "text/rewriter.h"
#include "text/token.h"

namespace diktate {

struct Year {
  std::int64_t value = 0;
  std::size_t tokens = 0;  // 0: none here
  bool pair = false;       // "nineteen" "ninety": nothing is counted so
  bool figures = false;    // written as figures already

  explicit operator bool() const { return tokens > 0; }
};

// What could be a year, `ahead` of the next token.
Year read_year(const Rewriter& at, const Language& language, std::size_t ahead);
// Whether it is one by the words around it: "in two thousand ten", but not "in two thousand villages".
bool is_year(const Rewriter& at, const Language& language, const Year& year);

// A number in words or figures, below `limit`; -1 for none.
struct SmallNumber {
  std::int64_t value = -1;
  std::size_t tokens = 0;
  bool ordinal = false;
  bool figures = false;
};
SmallNumber read_small_number(const Rewriter& at, const Language& language, std::size_t ahead,
                              std::int64_t limit);

// Whether what stands `ahead` is counted by the number before it: "minutes", "dollars", a further number.
bool is_counted(const Rewriter& at, const Language& language, std::size_t ahead);
// Whether an unknown word stands there, such as a noun.
bool is_noun_like(const Token& token);

Token fixed_word(std::string text, const Language& language);

}  // namespace diktate
