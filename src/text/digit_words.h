// Reads what is said of a string of digits, word by word: "five", "oh", "double five", "twelve", "8".
#pragma once

#include <cstddef>
#include <string>

#include "text/language.h"
#include "text/rewriter.h"

namespace diktate {

struct DigitWord {
  std::size_t tokens = 0;  // 0: none here
  std::string digits;
  int singles = 0;        // how many of them were said one by one
  bool inner = false;     // "oh", which is a digit among digits only
  bool figures = false;   // written as figures already
  bool hundreds = false;  // "eight hundred", "two thousand"

  explicit operator bool() const { return tokens > 0; }
};

// What begins `ahead` of the next token.
DigitWord read_digit_word(const Rewriter& at, const Language& language, std::size_t ahead);

}  // namespace diktate
