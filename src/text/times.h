// Times of day said in words: "five thirty p m", "half past five", "las seis menos cuarto".
#pragma once

#include <cstddef>

#include "text/language.h"
#include "text/rewriter.h"
#include "text/token.h"

namespace diktate {

// What is written in place of the next tokens; none of them where no time is.
struct TimeOfDay {
  std::size_t tokens = 0;
  Tokens with = {};
  bool one = false;  // it is the one o'clock of a language that has an article of its own for it

  explicit operator bool() const { return tokens > 0; }
};
TimeOfDay find_time(const Rewriter& at, const Language& language);

}  // namespace diktate
