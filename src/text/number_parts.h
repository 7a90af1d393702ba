// The number words that stand next to each other from a place on, with hyphens taken apart: what
// number_words.cpp reads numbers off.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <utility>

#include "text/language.h"
#include "text/token.h"

namespace diktate {

// Reads on only as far as it is asked for: where many numbers follow each other, one of them is short.
class NumberParts {
 public:
  using TokenAt = std::function<const Token&(std::size_t)>;  // the i-th from the place on

  NumberParts(TokenAt token, const Language& language) : token_(std::move(token)), language_(language) {}

  // Of the part at `index`; -1 for none.
  std::int64_t value(std::size_t index, NumberKind kind);
  bool is_any(std::size_t index, std::initializer_list<NumberKind> kinds);
  // How many tokens the first `count` parts take; 0 if they end inside one.
  std::size_t tokens_up_to(std::size_t count) const;

 private:
  // The longest number has five groups such as "nine hundred and ninety nine trillion".
  static constexpr std::size_t kMost = 36;

  struct Part {
    const Entry* entry = nullptr;
    std::size_t tokens = 0;  // up to its end, if a token ends with it; else 0
  };

  // Takes the next token's words; false if it has something else, or there is no room.
  bool add(const Token& token);
  bool push(const Entry* entry, std::size_t tokens);

  TokenAt token_;
  const Language& language_;
  std::array<Part, kMost> parts_;
  std::size_t count_ = 0;
  std::size_t tokens_ = 0;
  bool ended_ = false;
};

}  // namespace diktate
