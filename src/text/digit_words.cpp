#include "text/digit_words.h"

#include <algorithm>

#include "text/number_words.h"
#include "text/unicode.h"

namespace diktate {
namespace {

DigitWord read_single(const Token& token) {
  if (!token.is_word() || token.fixed) return {};
  if (token.text.size() == 1 && is_digit(static_cast<unsigned char>(token.text[0])))
    return {.tokens = 1, .digits = token.text, .singles = 1, .figures = true};
  if (const auto value = number_value(token.entry, NumberKind::digit); value >= 0)
    return {.tokens = 1, .digits = std::to_string(value), .singles = 1};
  if (const auto value = number_value(token.entry, NumberKind::inner_digit); value >= 0)
    return {.tokens = 1, .digits = std::to_string(value), .singles = 1, .inner = true};
  return {};
}

// "double five"
DigitWord read_repeated(const Rewriter& at, std::size_t ahead) {
  const Phrase* times = match_phrase(at, groups(PhraseGroup::repeat), ahead);
  if (times == nullptr || at.now(ahead + 1).gap != Gap::space) return {};
  DigitWord word = read_single(at.now(ahead + 1));
  if (!word || word.figures) return {};
  word.singles = times->value.front() - '0';
  word.digits = std::string(static_cast<std::size_t>(word.singles), word.digits.front());
  word.tokens = 2;
  word.inner = false;
  return word;
}

// "eight hundred", "two thousand": the digits and as many zeros.
DigitWord with_zeros(DigitWord word, const Token& next) {
  if (word.inner || word.figures || next.gap != Gap::space || next.fixed) return word;
  auto value = number_value(next.entry, NumberKind::hundred);
  if (value < 0) value = number_value(next.entry, NumberKind::scale);
  if (value < 0) value = number_value(next.entry, NumberKind::lone_scale);
  if (value < 0) return word;
  if (value > 1000) return {};
  word.digits += value == 100 ? "00" : "000";
  word.hundreds = true;
  word.singles = 0;
  ++word.tokens;
  return word;
}

}  // namespace

DigitWord read_digit_word(const Rewriter& at, const Language& language, std::size_t ahead) {
  if (DigitWord word = read_repeated(at, ahead)) return word;
  const Token& token = at.now(ahead);
  if (DigitWord word = read_single(token)) return with_zeros(word, at.now(ahead + 1));
  const NumberInWords number = read_number(at, language, ahead);
  if (!number || number.ordinal || number.value < 10 || number.value > 99) return {};
  return {.tokens = number.words, .digits = std::to_string(number.value)};
}

}  // namespace diktate
