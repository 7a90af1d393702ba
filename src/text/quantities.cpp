#include "text/quantities.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "text/number_format.h"
#include "text/number_words.h"

namespace diktate {
namespace {

using Kind = Quantity::Kind;

// How far before an amount "weighs" tells what its pounds are.
constexpr std::size_t kWeightReach = 4;

// Nothing follows that could be counted by the number before `after`.
bool ends_amount(const Token& after) {
  return !follows(after) ||
         after.is(classes(WordClass::preposition, WordClass::conjunction, WordClass::pronoun, WordClass::be,
                          WordClass::auxiliary, WordClass::article));
}

bool is_about_weight(const Rewriter& at, const Token& after) {
  if (after.is(classes(WordClass::weight))) return true;
  for (std::size_t back = 0; back < kWeightReach && at.before(back).is_word(); ++back) {
    if (at.before(back).is(classes(WordClass::weight))) return true;
  }
  return false;
}

const Phrase* unit_phrase(const Rewriter& at, std::size_t end) {
  const Phrase* unit = match_phrase(at, groups(PhraseGroup::unit), end);
  const Phrase* other = match_phrase(
      at, groups(PhraseGroup::time_unit, PhraseGroup::currency, PhraseGroup::cents, PhraseGroup::percent),
      end);
  if (unit == nullptr || other == nullptr) return unit != nullptr ? unit : other;
  if (unit->words.size() != other->words.size()) {
    return unit->words.size() > other->words.size() ? unit : other;
  }
  return is_about_weight(at, at.now(end + unit->words.size())) ? unit : other;
}

Kind kind_of(const Phrase& phrase, const Amount& amount) {
  switch (phrase.group) {
    case PhraseGroup::unit:
      return Kind::unit;
    case PhraseGroup::currency:
      return Kind::currency;
    case PhraseGroup::percent:
      return Kind::percent;
    default:
      break;
  }
  const bool one = phrase.value == "one" && amount.value == 1 && amount.whole();
  return phrase.value.empty() || one ? Kind::kept : Kind::none;
}

// Cents behind money: "and fifty cents", "fifty cents", "con cincuenta", and "fifty" where nothing follows.
struct Cents {
  std::size_t tokens = 0;
  std::int64_t value = 0;
};

Cents read_cents(const Rewriter& at, const Language& language, std::size_t ahead) {
  const Phrase* joint =
      follows(at.now(ahead)) ? match_phrase(at, groups(PhraseGroup::cents_joint), ahead) : nullptr;
  const std::size_t begin = joint != nullptr ? joint->words.size() : 0;
  if (!follows(at.now(ahead + begin))) return {};
  const Amount amount = read_amount(at, language, ahead + begin);
  if (!amount || !amount.alone || !amount.whole() || amount.value < 1 || amount.value > 99) return {};
  const std::size_t end = begin + amount.tokens;
  const Phrase* word =
      follows(at.now(ahead + end)) ? match_phrase(at, groups(PhraseGroup::cents), ahead + end) : nullptr;
  if (word != nullptr) return {end + word->words.size(), amount.value};
  const bool bare = joint != nullptr ? joint->value == "bare" : amount.in_words && amount.value >= 10;
  return bare && ends_amount(at.now(ahead + end)) ? Cents{end, amount.value} : Cents{};
}

std::string in_decimals(const Amount& amount) {
  return amount.as_decimals.empty() ? amount.figures : amount.as_decimals;
}

// "3.5" of money is "3.50".
std::string in_money(const Amount& amount, const Figures& figures) {
  std::string text = in_decimals(amount);
  const std::size_t mark = text.find(figures.decimal);
  const bool one = mark != std::string::npos && mark + figures.decimal.size() + 1 == text.size();
  return amount.scale.empty() && one ? text + "0" : text;
}

std::string money(const Amount& amount, const std::string& symbol, const Figures& figures) {
  const std::string scale = amount.scale.empty() ? "" : " " + amount.scale;
  const std::string text = in_money(amount, figures);
  return figures.currency_first ? with_currency(text, symbol, figures) + scale
                                : with_currency(text + scale, symbol, figures);
}

Written write_money(const Rewriter& at, const Language& language, const Amount& amount,
                    const Quantity& quantity, std::size_t ahead) {
  const Figures& figures = language.figures();
  const std::size_t end = amount.tokens + quantity.tokens;
  Cents cents;
  if (amount.whole() && amount.scale.empty()) cents = read_cents(at, language, ahead + end);
  if (cents.tokens == 0) return {end, money(amount, quantity.symbol, figures)};
  const std::string both = with_decimals(amount.figures, two_digits(cents.value), figures);
  return {end + cents.tokens, with_currency(both, quantity.symbol, figures)};
}

// "two miles and a half": the amount with the half, and its tokens; none if there is no half.
Amount with_half_behind(const Rewriter& at, const Language& language, const Amount& amount,
                        const Quantity& quantity, std::size_t ahead) {
  const bool divides = quantity.kind == Kind::unit || quantity.kind == Kind::currency;
  if (!divides || quantity.tokens == 0 || !amount.whole() || !amount.scale.empty()) return {};
  const std::size_t end = ahead + amount.tokens + quantity.tokens;
  const std::size_t half = half_length(at, end);
  if (half == 0 || !ends_amount(at.now(end + half))) return {};
  Amount longer = amount;
  longer.tokens += half;
  longer.decimals = "5";
  longer.figures = with_decimals(amount.figures, longer.decimals, language.figures());
  return longer;
}

}  // namespace

Quantity read_quantity(const Rewriter& at, const Amount& amount, std::size_t ahead) {
  const std::size_t end = ahead + amount.tokens;
  if (at.now(end).is_mark("%")) return {Kind::percent, 1, "%"};
  const Phrase* phrase = follows(at.now(end)) ? unit_phrase(at, end) : nullptr;
  if (phrase == nullptr) return {};
  return {kind_of(*phrase, amount), phrase->words.size(), phrase->value};
}

Written write_quantity(const Rewriter& at, const Language& language, const Amount& amount,
                       const Quantity& quantity, std::size_t ahead) {
  if (const Amount longer = with_half_behind(at, language, amount, quantity, ahead)) {
    Written written = write_quantity(at, language, longer, {quantity.kind, 0, quantity.symbol}, ahead);
    written.tokens += quantity.tokens;
    return written;
  }
  const std::size_t end = amount.tokens + quantity.tokens;
  switch (quantity.kind) {
    case Kind::none:
    case Kind::kept:
      return {amount.tokens, amount.text()};
    case Kind::unit:
      return {end, amount.text() + " " + quantity.symbol};
    case Kind::percent:
      return {end, in_decimals(amount) + (amount.scale.empty() ? "" : " " + amount.scale) + quantity.symbol};
    case Kind::currency:
      break;
  }
  return write_money(at, language, amount, quantity, ahead);
}

Written write_price(const Rewriter& at, const Language& language, const Amount& amount) {
  if (!amount.whole() || !amount.scale.empty()) return {};
  // "dos con cincuenta euros"
  const Phrase* joint = follows(at.now(amount.tokens))
                            ? match_phrase(at, groups(PhraseGroup::cents_joint), amount.tokens)
                            : nullptr;
  const bool joined = joint != nullptr && joint->value == "bare";
  const std::size_t whole = amount.tokens + (joined ? joint->words.size() : 0);
  const Amount cents = read_amount(at, language, whole);
  if (!cents || !cents.alone || !cents.whole() || cents.value < 10 || cents.value > 99) return {};
  // "twenty thirty dollars" is one or the other.
  if (!joined && amount.value >= 10 && amount.value % 10 == 0 && cents.value % 10 == 0) return {};
  const Quantity quantity = read_quantity(at, cents, whole);
  if (quantity.kind != Kind::currency) return {};
  const Figures& figures = language.figures();
  const std::string both = with_decimals(amount.figures, two_digits(cents.value), figures);
  return {whole + cents.tokens + quantity.tokens, with_currency(both, quantity.symbol, figures)};
}

Written write_one_with_cents(const Rewriter& at, const Language& language) {
  if (at.now().fixed || number_value(at.now().entry, NumberKind::short_one) != 1) return {};
  const Amount one{.tokens = 1, .figures = "1", .value = 1, .in_words = true, .alone = true};
  const Quantity quantity = read_quantity(at, one);
  if (quantity.kind != Kind::currency || read_cents(at, language, 1 + quantity.tokens).tokens == 0) return {};
  return write_money(at, language, one, quantity, 0);
}

Tokens fixed_words(std::string_view text, const Language& language) {
  Tokens words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.push_back(make_word(std::string(text.substr(0, end)), language));
    words.back().fixed = true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

}  // namespace diktate
