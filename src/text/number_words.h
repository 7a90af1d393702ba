// Reads numbers off words: "two hundred and five", "twenty-first", "dos mil quinientos".
#pragma once

#include <cstddef>
#include <cstdint>

#include "text/language.h"
#include "text/rewriter.h"
#include "text/token.h"

namespace diktate {

inline constexpr std::int64_t kMillion = 1'000'000;

struct NumberInWords {
  std::int64_t value = 0;
  std::int64_t scale = 1;  // "two hundred million", with nothing behind it: a million; else 1
  std::size_t words = 0;   // tokens that it takes; 0: there is no number here
  bool ordinal = false;
  // No further number stands right after it. If not, the speaker meant something else than one cardinal: a
  // year ("twenty" "twenty five"), digits one by one, a price.
  bool alone = true;

  explicit operator bool() const { return words > 0; }
};

// The longest cardinal or ordinal that begins at `now(ahead)`, or at `index`. Its words stand next to each
// other without a mark between, and none is fixed; a token may hold several ("twenty-five"), but a number
// ends where a token ends.
NumberInWords read_number(const Rewriter& at, const Language& language, std::size_t ahead = 0);
NumberInWords read_number(const Tokens& tokens, std::size_t index, const Language& language);

// A figure, or a word that is a number by itself: no "and", no "a", no "half".
bool is_number(const Token& token);

// The value that the word has in this kind, or -1.
std::int64_t number_value(const Entry* entry, NumberKind kind);

}  // namespace diktate
