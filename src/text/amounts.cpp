#include "text/amounts.h"

#include <algorithm>
#include <string_view>

#include "text/number_format.h"
#include "text/number_words.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::size_t kMostDecimals = 20;

bool is_cardinal_word(const Entry* entry) {
  for (const NumberKind kind : {NumberKind::digit, NumberKind::teen, NumberKind::ten, NumberKind::hundreds}) {
    if (number_value(entry, kind) >= 0) return true;
  }
  return false;
}

bool is_whole(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return is_digit(static_cast<unsigned char>(c)); });
}

// Reads on from what is already there of an amount.
class AmountReader {
 public:
  AmountReader(const Rewriter& at, const Language& language, std::size_t ahead)
      : at_(at), language_(language), figures_(language.figures()), start_(ahead) {}

  Amount run() {
    if (!whole_part_in_figures() && !whole_part_in_words()) return {};
    if (amount_.alone && amount_.whole() && amount_.scale.empty()) decimals();
    if (amount_.alone && amount_.whole()) fraction();
    if (amount_.scale.empty()) scale();
    return amount_;
  }

  Amount leading_decimals() {
    const Phrase* point = match_phrase(at_, groups(PhraseGroup::decimal), start_);
    if (point == nullptr || point->value != "lead") return {};
    amount_ = {.figures = "0", .in_words = true};
    decimals();
    if (amount_.tokens > 0) scale();
    return amount_;
  }

  Amount bare_fraction() {
    const std::int64_t parts = number_value(token(0).entry, NumberKind::digit);
    if (parts <= 0 || token(0).fixed || !follows(token(1))) return {};
    const std::int64_t of = denominator(token(1), parts);
    if (of <= parts || (parts == 2 && of == 4)) return {};  // "two quarters of growth" are half a year
    return {.tokens = 2, .figures = over(parts, of), .fraction = true, .in_words = true};
  }

 private:
  const Token& token(std::size_t index) const { return at_.now(start_ + index); }
  const Token& next(std::size_t ahead = 0) const { return token(amount_.tokens + ahead); }

  bool whole_part_in_figures() {
    if (!token(0).is_word() || token(0).fixed || !is_in_figures(token(0).folded, figures_)) return false;
    const std::string& text = token(0).folded;
    amount_ = {.tokens = 1, .figures = text, .value = diktate::whole_part(text, figures_)};
    const std::size_t mark = text.find(figures_.decimal);
    if (mark != std::string::npos) amount_.decimals = text.substr(mark + figures_.decimal.size());
    amount_.alone = !follows(token(1)) || !is_cardinal_word(token(1).entry);
    return true;
  }

  bool whole_part_in_words() {
    const NumberInWords number = read_number(at_, language_, start_);
    if (!number || number.ordinal) return false;
    amount_ = {.tokens = number.words, .value = number.value, .in_words = true, .alone = number.alone};
    const bool counted = number_value(token(0).entry, NumberKind::one_of) < 0;
    amount_.multiplied = number.words > 1 && counted && number.value >= 100 && number.value % 100 == 0;
    if (number.scale > 1) {
      amount_.scale = token(number.words - 1).text;
      const bool article =
          number_value(token(0).entry, NumberKind::digit) < 0 && !is_cardinal_word(token(0).entry);
      amount_.round_one = number.words == 2 && article && number.value == number.scale;
    }
    amount_.figures = grouped(number.value / number.scale, figures_);
    return true;
  }

  // "point one four", "coma veinticinco".
  void decimals() {
    const Phrase* mark = match_phrase(at_, groups(PhraseGroup::decimal), start_ + amount_.tokens);
    if (mark == nullptr || (amount_.tokens > 0 && !follows(next()))) return;
    std::size_t taken = amount_.tokens + mark->words.size();
    const std::string digits = digits_from(taken);
    if (digits.empty()) return;
    amount_.tokens = taken;
    amount_.decimals = digits;
    amount_.figures = with_decimals(amount_.figures, digits, figures_);
  }

  // Digits one by one, or one number under a hundred; `taken` goes behind them.
  std::string digits_from(std::size_t& taken) const {
    std::string digits;
    std::size_t end = taken;
    // Many digits are in figures already; but "point 5" by itself is a point.
    if (amount_.tokens > 0 && token(end).is_word() && token(end).gap == Gap::space &&
        is_whole(token(end).text)) {
      return token(taken++).text;
    }
    for (; follows(token(end)) && digits.size() < kMostDecimals; ++end) {
      std::int64_t digit = number_value(token(end).entry, NumberKind::digit);
      if (digit < 0) digit = number_value(token(end).entry, NumberKind::inner_digit);
      if (digit < 0) break;
      digits += std::to_string(digit);
    }
    if (digits.empty() && follows(token(end))) {
      const NumberInWords number = read_number(at_, language_, start_ + end);
      if (!number || number.ordinal || number.value >= 100 || !number.alone) return {};
      digits = std::to_string(number.value);
      end += number.words;
    } else if (is_number(token(end))) {
      return {};
    }
    taken = end;
    return digits;
  }

  bool is_number(const Token& token) const {
    return follows(token) &&
           (is_cardinal_word(token.entry) || number_value(token.entry, NumberKind::hundred) > 0 ||
            is_in_figures(token.folded, figures_));
  }

  // "and a half", "and three quarters", "y medio".
  void fraction() {
    if (!follows(next()) || number_value(next().entry, NumberKind::joint) < 0) return;
    std::int64_t parts = number_value(next(1).entry, NumberKind::digit);
    for (const NumberKind one : {NumberKind::one_of, NumberKind::short_one}) {
      if (number_value(next(1).entry, one) == 1) parts = 1;
    }
    const bool bare = parts <= 0 && number_value(next(1).entry, NumberKind::fraction) == 2;
    const std::size_t words = bare ? 2 : 3;
    const Token& last = next(words - 1);
    const std::int64_t of = bare ? 2 : denominator(last, parts);
    if (!bare && parts <= 0) return;
    if (!follows(next(1)) || !follows(last) || of <= parts ||
        !ends_fraction(words, bare || of > 4 || of == 3))
      return;
    amount_.tokens += words;
    add_fraction(bare ? 1 : parts, of);
  }

  // A "third", or a half without its article, may also be the third of something, or half of it.
  bool ends_fraction(std::size_t words, bool doubtful) const {
    if (match_phrase(at_, groups(PhraseGroup::not_number), start_ + amount_.tokens + words - 1) != nullptr)
      return false;
    const Token& after = next(words);
    return !doubtful || !follows(after) ||
           !after.is(classes(WordClass::be, WordClass::auxiliary, WordClass::pronoun, WordClass::preposition,
                             WordClass::article, WordClass::possessive));
  }

  void add_fraction(std::int64_t parts, std::int64_t of) {
    const std::int64_t hundredths = parts * 100 / of;
    const std::string decimals = std::to_string(hundredths % 10 == 0 ? hundredths / 10 : hundredths);
    const bool exact = of == 2 || of == 4 || of == 5;
    if (exact) amount_.as_decimals = with_decimals(amount_.figures, decimals, figures_);
    if (exact && (!amount_.scale.empty() || number_value(next().entry, NumberKind::scale) > 0)) {
      amount_.decimals = decimals;
      amount_.figures = amount_.as_decimals;
    } else {
      amount_.figures += " " + over(parts, of);
      amount_.fraction = true;
    }
  }

  // The parts of a whole that the word names, if it may stand behind so many of them; 0 for none.
  static std::int64_t denominator(const Token& word, std::int64_t parts) {
    const std::int64_t of = number_value(word.entry, NumberKind::fraction);
    const bool singular = number_value(word.entry, NumberKind::ordinal) > 0;
    return of > 0 && (parts == 1 || !singular) ? of : 0;
  }

  static std::string over(std::int64_t parts, std::int64_t of) {
    return std::to_string(parts) + "/" + std::to_string(of);
  }

  // "2.5 million", "25 million".
  void scale() {
    if (!follows(next())) return;
    std::int64_t scale = number_value(next().entry, NumberKind::scale);
    if (scale < 0) scale = number_value(next().entry, NumberKind::lone_scale);
    if (scale <= 0 || amount_.fraction || (scale < kMillion && amount_.whole())) return;
    amount_.scale = next().text;
    amount_.alone = true;
    ++amount_.tokens;
  }

  const Rewriter& at_;
  const Language& language_;
  const Figures& figures_;
  std::size_t start_;
  Amount amount_;
};

}  // namespace

bool follows(const Token& token) { return token.is_word() && !token.fixed && token.gap == Gap::space; }

Amount read_amount(const Rewriter& at, const Language& language, std::size_t ahead) {
  return AmountReader(at, language, ahead).run();
}

Amount read_leading_decimals(const Rewriter& at, const Language& language) {
  return AmountReader(at, language, 0).leading_decimals();
}

Amount read_bare_fraction(const Rewriter& at, const Language& language) {
  return AmountReader(at, language, 0).bare_fraction();
}

std::size_t half_length(const Rewriter& at, std::size_t ahead) {
  if (!follows(at.now(ahead)) || number_value(at.now(ahead).entry, NumberKind::joint) < 0) return 0;
  const std::size_t half = number_value(at.now(ahead + 1).entry, NumberKind::one_of) == 1 ? 2 : 1;
  for (std::size_t i = 1; i <= half; ++i) {
    if (!follows(at.now(ahead + i))) return 0;
  }
  return number_value(at.now(ahead + half).entry, NumberKind::fraction) == 2 ? half + 1 : 0;
}

}  // namespace diktate
