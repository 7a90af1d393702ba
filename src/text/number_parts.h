// The number words that stand next to each other from a place on, with hyphens taken apart: what
// number_words.cpp reads numbers off.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "text/language.h"
#include "text/token.h"

namespace diktate {

class NumberParts {
 public:
  // Takes the next token's words; false if it has something else, or there is no room.
  bool add(const Token& token, const Language& language);

  // Of the part at `index`; -1 for none.
  std::int64_t value(std::size_t index, NumberKind kind) const;
  bool is_any(std::size_t index, std::initializer_list<NumberKind> kinds) const;
  // How many tokens the first `count` parts take; 0 if they end inside one.
  std::size_t tokens_up_to(std::size_t count) const;

 private:
  // The longest number has five groups such as "nine hundred and ninety nine trillion".
  static constexpr std::size_t kMost = 36;

  struct Part {
    const Entry* entry = nullptr;
    std::size_t tokens = 0;  // up to its end, if a token ends with it; else 0
  };

  bool push(const Entry* entry, std::size_t tokens);

  std::array<Part, kMost> parts_;
  std::size_t count_ = 0;
  std::size_t tokens_ = 0;
};

}  // namespace diktate
