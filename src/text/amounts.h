// Reads amounts: numbers with their decimals, fractions and magnitudes, as words or as figures of the
// recogniser's: "two point five million", "three and a half", "25".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "text/language.h"
#include "text/rewriter.h"
#include "text/token.h"

namespace diktate {

struct Amount {
  std::size_t tokens = 0;   // that it takes; 0: there is none here
  std::string figures;      // as it is written, but for its scale: "2.5", "3 1/2", "15,200"
  std::string scale;        // the word that stays: "million"
  std::int64_t value = 0;   // its whole part, with the scale
  std::string decimals;     // "5" of "2.5"
  bool fraction = false;    // "3 1/2"
  std::string as_decimals;  // "3.5", where a fraction can be written so
  bool in_words = false;    // not in figures already
  bool alone = true;        // no further number touches it
  bool round_one = false;   // "a million"
  // "two hundred", "three thousand": in "one or two hundred" the hundred may be both's
  bool multiplied = false;

  explicit operator bool() const { return tokens > 0; }
  bool whole() const { return decimals.empty() && !fraction; }
  // One to nine (and zero) in words, which stay words.
  bool small() const { return in_words && whole() && value < 10; }
  // As it is written.
  std::string text() const { return scale.empty() ? figures : figures + " " + scale; }
};

// A word right behind what was before, with nothing but a space between, that no rule has written.
bool follows(const Token& token);

// The amount that begins at `now(ahead)`.
Amount read_amount(const Rewriter& at, const Language& language, std::size_t ahead = 0);
// "point five" at `now()`: decimals alone, where the language knows them.
Amount read_leading_decimals(const Rewriter& at, const Language& language);
// "five eighths" at `now()`.
Amount read_bare_fraction(const Rewriter& at, const Language& language);

// The tokens of "and a half", "y medio" at `now(ahead)`; 0 for none.
std::size_t half_length(const Rewriter& at, std::size_t ahead);

}  // namespace diktate
