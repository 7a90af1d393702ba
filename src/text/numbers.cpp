// Numbers of all kinds but those that dates.cpp and phones.cpp have written already.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "text/amounts.h"
#include "text/number_format.h"
#include "text/number_labels.h"
#include "text/number_words.h"
#include "text/quantities.h"
#include "text/rules.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr PhraseGroups kOpeners =
    groups(PhraseGroup::not_number, PhraseGroup::label, PhraseGroup::minus, PhraseGroup::decimal);

class NumberPass {
 public:
  NumberPass(Tokens& tokens, const RuleContext& context)
      : language_(context.language), at_(tokens, context.log) {}

  void run() {
    while (!at_.at_end()) {
      if (!may_begin(at_.now()) || !step()) at_.keep();
    }
  }

 private:
  static bool may_begin(const Token& token) {
    if (!token.is_word() || token.fixed) return false;
    if (token.entry != nullptr && (!token.entry->numbers.empty() || (token.entry->groups & kOpeners) != 0))
      return true;
    return is_digit(static_cast<unsigned char>(token.folded.front())) ||
           token.folded.find('-') != std::string::npos;
  }

  bool step() {
    return not_number() || write_label(at_, language_) || negative() || leading_decimals() ||
           bare_fraction() || amount() || ordinal();
  }

  // "los ochenta", but not "los ochenta y dos" or "los ochenta euros".
  bool not_number() {
    const Phrase* phrase = match_phrase(at_, groups(PhraseGroup::not_number));
    if (phrase == nullptr) return false;
    const std::size_t last = phrase->words.size() - 1;
    const Amount amount = read_amount(at_, language_, last);
    if (amount.tokens > 1 || (amount && read_quantity(at_, amount, last))) return false;
    return keep(last + 1);
  }

  bool keep(std::size_t count) {
    at_.keep(count);
    return true;
  }

  void write(std::size_t count, std::string_view rule, std::string_view text) {
    at_.replace(count, rule, fixed_words(text, language_));
  }

  bool write(const Written& written, std::string_view rule) {
    write(written.tokens, rule, written.text);
    return true;
  }

  static std::string_view rule_of(const Quantity& quantity) {
    switch (quantity.kind) {
      case Quantity::Kind::percent:
        return "percent";
      case Quantity::Kind::currency:
        return "money";
      case Quantity::Kind::unit:
        return "unit";
      default:
        return "number";
    }
  }

  bool before_is(WordClasses wanted) const { return at_.before().is(wanted); }

  // "minus twelve", but not "ten minus two" or "all minus two".
  bool negative() {
    const Phrase* sign = match_phrase(at_, groups(PhraseGroup::minus));
    if (sign == nullptr) return false;
    const std::size_t words = sign->words.size();
    const Amount amount = follows(at_.now(words)) ? read_amount(at_, language_, words) : Amount{};
    if (!amount || !amount.alone || before_is(classes(WordClass::article)) || has_number(at_.before()))
      return false;
    if (sign->value == "never of time" && counts_time(words + amount.tokens)) return false;
    const Quantity quantity = read_quantity(at_, amount, words);
    const bool stands_for_itself =
        !at_.before().is_word() || before_is(classes(WordClass::be, WordClass::preposition, WordClass::verb));
    if (!quantity && !stands_for_itself) return false;
    const Written written = write_quantity(at_, language_, amount, quantity, words);
    write(words + written.tokens, rule_of(quantity), "-" + written.text);
    return true;
  }

  // "tested negative two days later", "negative three times"
  bool counts_time(std::size_t ahead) const {
    return at_.now(ahead).is(classes(WordClass::counted)) ||
           match_phrase(at_, groups(PhraseGroup::time_unit), ahead) != nullptr;
  }

  static bool has_number(const Token& token) {
    if (!token.is_word()) return false;
    return has_digit(token.text) || number_value(token.entry, NumberKind::digit) >= 0;
  }

  static bool is_part_of(const Token& token) {
    return token.entry != nullptr && (token.entry->groups & groups(PhraseGroup::part_of)) != 0;
  }

  // "by point five", but not "at this point five people" or "a point one way".
  bool leading_decimals() {
    const Amount amount = read_leading_decimals(at_, language_);
    if (!amount || before_is(classes(WordClass::article, WordClass::demonstrative, WordClass::adjective,
                                     WordClass::possessive))) {
      return false;
    }
    const Quantity quantity = read_quantity(at_, amount);
    const Token& after = at_.now(amount.tokens);
    const bool ends =
        !follows(after) || after.is(classes(WordClass::preposition, WordClass::conjunction, WordClass::be,
                                            WordClass::article, WordClass::auxiliary));
    const bool opens = before_is(classes(WordClass::preposition, WordClass::be));
    if (!quantity && (!ends || !opens || is_part_of(after))) return false;
    return write(write_quantity(at_, language_, amount, quantity), "decimal");
  }

  // "five eighths of the board", "three quarters inch"; alone they stay words.
  bool bare_fraction() {
    const Amount amount = read_bare_fraction(at_, language_);
    if (!amount) return false;
    const Quantity quantity = read_quantity(at_, amount);
    const bool of = follows(at_.now(amount.tokens)) &&
                    match_phrase(at_, groups(PhraseGroup::part_of), amount.tokens) != nullptr;
    if (quantity.kind != Quantity::Kind::unit && !of) return keep(amount.tokens);
    return write(write_quantity(at_, language_, amount, quantity), "fraction");
  }

  bool amount() {
    const Amount amount = read_amount(at_, language_);
    if (!amount) return price(write_one_with_cents(at_, language_));
    if (!amount.alone) return price_or_run(amount);
    // "2,5 mil": it is a scale.
    if (number_value(at_.now().entry, NumberKind::lone_scale) > 0 && has_digit(at_.before().text))
      return false;
    if (part_of_round_one(amount)) return keep(amount.tokens);
    if (range(amount)) return true;
    const Quantity quantity = read_quantity(at_, amount);
    if (!quantity) return price(write_price(at_, language_, amount)) || plain(amount);
    if (is_own(amount) || unit_with_rest(amount, quantity)) return true;
    return write(write_quantity(at_, language_, amount, quantity), rule_of(quantity));
  }

  bool price(const Written& written) { return written && write(written, "money"); }

  bool plain(const Amount& amount) {
    if (amount.small() || amount.round_one || (!amount.in_words && amount.tokens == 1))
      return keep(amount.tokens);
    write(amount.tokens, amount.fraction ? "fraction" : amount.whole() ? "number" : "decimal", amount.text());
    return true;
  }

  // Numbers that touch are a price, or nothing that is known here: "twenty four seven".
  bool price_or_run(const Amount& amount) {
    if (const Written price = write_price(at_, language_, amount)) return write(price, "money");
    at_.keep(amount.tokens);
    for (bool more = true; more;) {
      const NumberInWords number = read_number(at_, language_);
      more = number && !number.alone;
      at_.keep(number.words);
    }
    return true;
  }

  // "half a million"
  bool part_of_round_one(const Amount& amount) const {
    if (!amount.round_one) return false;
    const bool of = is_part_of(at_.before());
    return number_value(at_.before(of ? 1 : 0).entry, NumberKind::fraction) > 0;
  }

  // "her own two feet", "my two cents"
  bool is_own(const Amount& amount) {
    if (!amount.small()) return false;
    const bool adjective = before_is(classes(WordClass::adjective));
    return at_.before(adjective ? 1 : 0).is(classes(WordClass::possessive)) && keep(amount.tokens);
  }

  // "five foot eleven" has no usual form.
  bool unit_with_rest(const Amount& amount, const Quantity& quantity) {
    const std::size_t end = amount.tokens + quantity.tokens;
    if (quantity.kind != Quantity::Kind::unit || !follows(at_.now(end))) return false;
    const Amount rest = read_amount(at_, language_, end);
    const bool ends =
        rest && rest.in_words && rest.whole() && rest.value < 12 && !read_quantity(at_, rest, end);
    return ends && keep(end + rest.tokens);
  }

  // "five to ten dollars"
  bool range(const Amount& first) {
    if (!first.in_words || !follows(at_.now(first.tokens))) return false;
    const Phrase* joint = match_phrase(at_, groups(PhraseGroup::range), first.tokens);
    if (joint == nullptr || (!joint->value.empty() && !at_.before().is_word(joint->value))) return false;
    const std::size_t begin = first.tokens + joint->words.size();
    const Amount second = follows(at_.now(begin)) ? read_amount(at_, language_, begin) : Amount{};
    if (!second || !second.alone || first.round_one) return false;
    const Quantity quantity = read_quantity(at_, second, begin);
    // "two or three hundred" may mean two hundred.
    const bool vague = first.whole() && first.value < 100 && second.multiplied && second.scale.empty();
    if (vague) return keep(begin + second.tokens + quantity.tokens);
    if (!quantity && second.scale.empty()) return false;
    write_range(first, joint->words.size(), second, quantity);
    return true;
  }

  void write_range(const Amount& first, std::size_t joint, const Amount& second, const Quantity& quantity) {
    const Figures& figures = language_.figures();
    const bool money = quantity.kind == Quantity::Kind::currency && figures.currency_first;
    write(first.tokens, rule_of(quantity),
          money ? with_currency(first.text(), quantity.symbol, figures) : first.text());
    at_.keep(joint);
    write(write_quantity(at_, language_, second, quantity), rule_of(quantity));
  }

  // "twenty first" is 21st; first to ninth stay words, and so does a part: "a tenth of it".
  bool ordinal() {
    NumberInWords number = read_number(at_, language_);
    if (!number || !number.ordinal) return false;
    const Token& after = at_.now(number.words);
    const bool of = is_part_of(after);
    const bool article = number_value(at_.now().entry, NumberKind::one_of) == 1;
    const bool after_article = article || number_value(at_.before().entry, NumberKind::one_of) == 1;
    const std::string text = diktate::ordinal(number.value, language_.figures());
    if (text.empty() || number.value < 10 || (after_article && (of || !follows(after))))
      return keep(number.words);
    if (article) {  // "a hundredth" is "a 100th"
      at_.keep();
      --number.words;
    }
    if (number.words > 1 && number.value < 100 && is_time(number.words - 1, after_article)) {
      write(number.words - 1, "number", grouped(number.value / 10 * 10, language_.figures()));
    } else {
      write(number.words, "ordinal", text);
    }
    return true;
  }

  // The "second" of "a thirty second spot".
  bool is_time(std::size_t ahead, bool after_article) const {
    const Phrase* phrase = match_phrase(at_, groups(PhraseGroup::time_unit), ahead);
    return phrase != nullptr && phrase->value == "adjective" && (after_article || phrase->words.size() > 1);
  }

  const Language& language_;
  Rewriter at_;
};

}  // namespace

void write_numbers(Tokens& tokens, const RuleContext& context) { NumberPass(tokens, context).run(); }

}  // namespace diktate
