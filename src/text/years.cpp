#include "text/years.h"

#include <string>
#include <utility>

#include "text/digit_words.h"
#include "text/number_words.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::int64_t kFirstYear = 1000, kLastYear = 2999;
constexpr std::int64_t kLastCentury = 21;
constexpr std::int64_t kFirstSureCentury = 16;  // "nineteen ninety eight" without a word before it

bool is_short_figure(const Token& token) {
  return token.is_word() && !token.fixed && !token.text.empty() && token.text.size() < 5 &&
         token.text.find_first_not_of("0123456789") == std::string::npos;
}

bool is_year_figure(const Token& token) {
  return token.is_word() && token.text.size() == 4 &&
         token.text.find_first_not_of("0123456789") == std::string::npos;
}

// The second half: "ninety eight", "oh five".
SmallNumber read_half(const Rewriter& at, const Language& language, std::size_t ahead) {
  if (at.now(ahead).gap != Gap::space) return {};
  const NumberInWords number = read_number(at, language, ahead);
  if (number && number.alone && !number.ordinal && number.value >= 10 && number.value < 100)
    return {number.value, number.words};
  const DigitWord zero = read_digit_word(at, language, ahead);
  if (!zero || zero.digits != "0" || at.now(ahead + 1).gap != Gap::space) return {};
  const NumberInWords digit = read_number(at, language, ahead + 1);
  if (!digit || !digit.alone || digit.ordinal || digit.value < 1 || digit.value > 9) return {};
  return {digit.value, digit.words + 1};
}

bool ends_in_s(const Token& token) { return is_noun_like(token) && token.folded.ends_with('s'); }

// "from nineteen ninety to": a year is before it already.
bool goes_on_from_year(const Rewriter& at) {
  return at.before().is(classes(WordClass::preposition, WordClass::conjunction)) && at.before(1).fixed &&
         is_year_figure(at.before(1));
}

bool follows_year_word(const Rewriter& at, const Year& year) {
  const Token& before = at.before();
  if (!before.is(classes(WordClass::before_year, WordClass::whole_time))) return false;
  if (year.pair) return true;
  const Token& next = at.now(year.tokens);
  if (year.value % 100 == 0) return before.is(classes(WordClass::whole_time)) && !is_noun_like(next);
  return !ends_in_s(next);
}

// "two thousand eight was a good year"
bool begins_sentence(const Rewriter& at, const Year& year) {
  return !at.before().is_word() && at.now(year.tokens).is(classes(WordClass::be)) && year.value > 1900 &&
         year.value < 2100 && year.value % 100 != 0;
}

}  // namespace

bool is_noun_like(const Token& token) {
  constexpr WordClasses kOthers =
      classes(WordClass::article, WordClass::pronoun, WordClass::object, WordClass::possessive,
              WordClass::demonstrative, WordClass::preposition, WordClass::conjunction, WordClass::be,
              WordClass::auxiliary, WordClass::question, WordClass::verb, WordClass::opener,
              WordClass::negation, WordClass::weekday, WordClass::intensifier, WordClass::not_address);
  return token.is_word() && token.gap == Gap::space && !token.fixed && !token.is(kOthers);
}

bool is_counted(const Rewriter& at, const Language& language, std::size_t ahead) {
  const Token& token = at.now(ahead);
  if (!token.is_word() || token.gap != Gap::space) return false;
  if (token.is(classes(WordClass::counted, WordClass::counted_year))) return true;
  return match_phrase(at,
                      groups(PhraseGroup::unit, PhraseGroup::time_unit, PhraseGroup::currency,
                             PhraseGroup::percent, PhraseGroup::cents),
                      ahead) != nullptr ||
         static_cast<bool>(read_number(at, language, ahead)) ||
         number_value(token.entry, NumberKind::hundred) > 0;
}

SmallNumber read_small_number(const Rewriter& at, const Language& language, std::size_t ahead,
                              std::int64_t limit) {
  const Token& token = at.now(ahead);
  if (is_short_figure(token)) {
    const std::int64_t value = std::stoll(token.text);
    return value < limit ? SmallNumber{value, 1, false, true} : SmallNumber{};
  }
  const NumberInWords number = read_number(at, language, ahead);
  if (!number || number.value >= limit) return {};
  return {number.value, number.words, number.ordinal};
}

Year read_year(const Rewriter& at, const Language& language, std::size_t ahead) {
  const Token& token = at.now(ahead);
  if (is_short_figure(token) && is_year_figure(token)) {
    const std::int64_t value = std::stoll(token.text);
    return value >= kFirstYear && value <= kLastYear ? Year{value, 1, false, true} : Year{};
  }
  const NumberInWords first = read_number(at, language, ahead);
  if (!first || first.ordinal || first.scale > 1) return {};
  if (first.value >= kFirstYear && first.value <= kLastYear && first.alone) return {first.value, first.words};
  if (first.value < 10 || first.value > kLastCentury) return {};
  const SmallNumber second = read_half(at, language, ahead + first.words);
  if (second.value < 0) return {};
  return {first.value * 100 + second.value, first.words + second.tokens, true};
}

bool is_year(const Rewriter& at, const Language& language, const Year& year) {
  if (is_counted(at, language, year.tokens)) return false;
  if (goes_on_from_year(at) || follows_year_word(at, year)) return true;
  if (begins_sentence(at, year)) return true;
  if (!year.pair || year.value < kFirstSureCentury * 100 || year.value / 100 == year.value % 100)
    return false;
  const Token& before = at.before();
  if (before.is(classes(WordClass::article))) return true;
  const bool open = !before.is_word() || before.is(classes(WordClass::be));
  return open && !is_noun_like(at.now(year.tokens));
}

Token fixed_word(std::string text, const Language& language) {
  Token word = make_word(std::move(text), language);
  word.fixed = true;
  return word;
}

}  // namespace diktate
