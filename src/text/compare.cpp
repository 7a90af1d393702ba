#include "text/compare.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "text/number_words.h"
#include "text/rewriter.h"
#include "text/unicode.h"
#include "text/word_writer.h"

namespace diktate {
namespace {

// Zeros that a scale stands for: 3 for a thousand. 0 for no scale.
std::size_t zeros_of(std::int64_t scale) {
  std::size_t zeros = 0;
  for (; scale >= 10 && scale % 10 == 0; scale /= 10) ++zeros;
  return zeros;
}

std::int64_t scale_value(const Entry* entry) {
  if (const std::int64_t hundred = number_value(entry, NumberKind::hundred); hundred > 0) return hundred;
  return std::max(number_value(entry, NumberKind::scale), number_value(entry, NumberKind::lone_scale));
}

class Comparer : private WordWriter {
 public:
  Comparer(const Tokens& tokens, const Language& language, Keys& keys) : WordWriter(tokens, language, keys) {}

  CompareWords run() {
    while (at_ < tokens_.size()) {
      const Token& token = tokens_[at_];
      if (token.gap >= Gap::line) placed_ = true;
      if (token.is_mark()) {
        mark(token);
        ++at_;
        continue;
      }
      at_ += read();
    }
    return std::move(words_);
  }

 private:
  void mark(const Token& token) {
    gap_before_ = true;
    if (token.text == "%") return sign("%");
    const bool opens = is_opening_mark(token) || token.text == "\"" || token.text == "*";
    if (opens || ends_sentence(token) || token.text == ":" || token.text == "…") placed_ = true;
  }

  // How many tokens were read: at least one.
  std::size_t read() {
    const Phrase* short_form = match_phrase(tokens_, at_, groups(PhraseGroup::contraction));
    if (short_form != nullptr && short_form->words.size() > 1) {  // "half an hour", before its half
      stand_in(*short_form);
      return short_form->words.size();
    }
    if (const std::size_t count = clock()) return count;
    if (const std::size_t count = inside_number()) return count;
    if (const std::size_t count = repeated_digit()) return count;
    if (match_phrase(tokens_, at_, groups(PhraseGroup::minus)) != nullptr && number_at(1)) {
      sign("-");
      return 1;
    }
    if (const std::size_t count = spoken_number()) return count;
    const PhraseGroups canonical =
        groups(PhraseGroup::contraction, PhraseGroup::unit, PhraseGroup::currency, PhraseGroup::percent);
    if (const Phrase* cents = match_phrase(tokens_, at_, groups(PhraseGroup::cents))) {
      sign("¢");
      return cents->words.size();
    }
    const Phrase* phrase = is_spelled() ? nullptr : match_phrase(tokens_, at_, canonical);
    if (phrase != nullptr && phrase->group != PhraseGroup::contraction && ambiguous(*phrase))
      return phrase->words.size();
    if (phrase != nullptr) {
      stand_in(*phrase);
      return phrase->words.size();
    }
    if (!scale() && !roman()) take_apart(tokens_[at_].folded);
    return 1;
  }

  // A letter beside another: "u s b".
  bool is_spelled() const {
    const auto letter = [&](std::size_t index) {
      return index < tokens_.size() && tokens_[index].is_word() && tokens_[index].folded.size() == 1;
    };
    return letter(at_) && (letter(at_ + 1) || (at_ > 0 && letter(at_ - 1)));
  }

  // "pounds" are money or a weight.
  bool ambiguous(const Phrase& phrase) {
    const Entry* entry = tokens_[at_].entry;
    const Phrase* money = nullptr;
    const Phrase* unit = nullptr;
    for (const Phrase& other : entry->phrases) {
      if (other.words.size() != phrase.words.size() || other.words != phrase.words) continue;
      if (other.group == PhraseGroup::currency) money = &other;
      if (other.group == PhraseGroup::unit) unit = &other;
    }
    if (money == nullptr || unit == nullptr) return false;
    sign(money->value);
    words_.back().ids[1] = keys_.id(lowered(unit->value));
    return true;
  }

  const Token* next(std::size_t ahead) const {
    const std::size_t index = at_ + ahead;
    const bool near = index < tokens_.size() && tokens_[index].is_word() && tokens_[index].gap <= Gap::space;
    return near ? &tokens_[index] : nullptr;
  }

  bool number_at(std::size_t ahead) const {
    const Token* token = next(ahead);
    return token != nullptr && (is_digit(first_character(token->text).code) ||
                                bool(read_number(tokens_, at_ + ahead, language_)));
  }

  bool hour_at(std::size_t ahead) const {
    if (!number_at(ahead)) return false;
    const NumberInWords hour = read_number(tokens_, at_ + ahead, language_);
    return hour ? hour.value <= 24 && !hour.ordinal : next(ahead)->text.size() <= 2;
  }

  bool after_digit() const { return !words_.empty() && words_.back().is_digit() && !gap_before_; }

  // "half past five" and "cinco y media" are 5:30.
  std::size_t clock() {
    const Phrase* phrase = match_phrase(tokens_, at_, groups(PhraseGroup::hour_part));
    if (phrase == nullptr) return 0;
    int minutes = 0;
    const std::string_view value = phrase->value;
    std::from_chars(value.data() + (value.starts_with('+') ? 1 : 0), value.data() + value.size(), minutes);
    if (value.starts_with('+') || value.starts_with('-')) {
      if (!hour_at(phrase->words.size())) return 0;
      at_ += phrase->words.size();
      const std::size_t first = words_.size();
      const std::size_t count = read();
      at_ -= phrase->words.size();
      minutes_past(first, minutes);
      return phrase->words.size() + count;
    }
    if (!after_digit()) return 0;
    std::size_t first = words_.size() - 1;
    while (first > 0 && words_[first - 1].is_digit() && !words_[first].border) --first;
    minutes_past(first, value.starts_with('<') ? -15 : minutes);
    return phrase->words.size();
  }

  // The digits from `first` on are the hour.
  void minutes_past(std::size_t first, int minutes) {
    std::string digits;
    for (std::size_t i = first; i < words_.size(); ++i) digits += words_[i].key;
    int hour = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), hour);
    if (hour > 24 || !words_[first].is_digit()) return;
    words_.resize(first);
    if (minutes < 0) hour = hour == 1 ? 12 : hour - 1;
    number(std::to_string(hour), true, false);
    number(std::to_string(minutes < 0 ? 60 + minutes : minutes), true, false);
  }

  // The "point" and the "oh" between digits; an "oh" also at the end, and in front: "oh seven seven", "oh two
  // oh".
  std::size_t inside_number() {
    const Phrase* phrase = match_phrase(tokens_, at_, groups(PhraseGroup::inside_number));
    if (phrase == nullptr) return 0;
    const bool leads = phrase->value != "." && number_at(1) && (number_at(2) || nought_at(2));
    if (!after_digit() && !leads) return 0;
    const bool goes_on = number_at(1) || nought_at(1);
    if (phrase->value == ".") {
      if (!goes_on) return 0;
      point_ = true;
      return 1;
    }
    if (!goes_on && !point_ && next(1) != nullptr) return 0;
    number(phrase->value, true, false);
    return 1;
  }

  bool nought_at(std::size_t ahead) const {
    const Phrase* nought = match_phrase(tokens_, at_ + ahead, groups(PhraseGroup::inside_number));
    return nought != nullptr && nought->value != "." && next(ahead) != nullptr;
  }

  // "double five"
  std::size_t repeated_digit() {
    const Phrase* phrase = match_phrase(tokens_, at_, groups(PhraseGroup::repeat));
    const Token* next_token = phrase == nullptr ? nullptr : next(1);
    if (next_token == nullptr) return 0;
    std::int64_t value = number_value(next_token->entry, NumberKind::digit);
    if (value < 0) value = number_value(next_token->entry, NumberKind::inner_digit);
    if (value < 0) return 0;
    for (char count = '0'; count < phrase->value.front(); ++count) number(std::to_string(value), true, false);
    return 2;
  }

  // "half a million"
  std::size_t part_of_a_scale(std::int64_t part) {
    const Token* one = next(1);
    const Token* scale = next(2);
    if (one == nullptr || scale == nullptr || number_value(one->entry, NumberKind::one_of) < 0) return 0;
    const std::int64_t value = number_value(scale->entry, NumberKind::scale);
    if (value <= 0 || value % part != 0) return 0;
    number(std::to_string(value / part), true, false);
    return 3;
  }

  std::size_t spoken_number() {
    const Token& token = tokens_[at_];
    const NumberInWords read = read_number(tokens_, at_, language_);
    if (!read) {
      const std::int64_t part = number_value(token.entry, NumberKind::fraction);
      if (part < 0) return 0;
      if (const std::size_t count = part_of_a_scale(part)) return count;
      const bool counted = after_digit();
      if (!counted) number("1", true, true);
      number(std::to_string(part), true, true);
      return 1;
    }
    // Digits said one by one after a hundred are no part of it: "eight hundred five five five".
    if (!read.alone && read.words == 3 && read.value < 1000 && read.value % 100 < 10 &&
        read.value % 100 > 0) {
      number(std::to_string(read.value / 100 * 100), true, false);
      return 2;
    }
    // The scale of "two point five million" is none of the five's.
    const std::size_t zeros = zeros_of(scale_value(tokens_[at_ + read.words - 1].entry));
    std::string run = std::to_string(read.value);
    if (point_ && read.words > 1 && zeros > 0 && run.size() > zeros) {
      run.resize(run.size() - zeros);
      number(run, false, false);
      return read.words - 1;
    }
    number(run, !point_, false);
    // "one" may be a misheard "won".
    if (read.words == 1 && run.size() == 1 && token.entry != nullptr) add_kin(words_.back(), *token.entry);
    return read.words;
  }

  // "VIII" is eight; "IV" and "I" are as often none.
  bool roman() {
    static constexpr std::array<std::string_view, 17> kRoman = {"II",   "III",   "VI",   "VII", "VIII", "IX",
                                                                "XI",   "XII",   "XIII", "XIV", "XV",   "XVI",
                                                                "XVII", "XVIII", "XIX",  "XX",  "XXI"};
    static constexpr std::array<int, 17> kValues = {2,  3,  6,  7,  8,  9,  11, 12, 13,
                                                    14, 15, 16, 17, 18, 19, 20, 21};
    const auto* found = std::find(kRoman.begin(), kRoman.end(), tokens_[at_].text);
    if (found == kRoman.end()) return false;
    number(std::to_string(kValues[static_cast<std::size_t>(found - kRoman.begin())]), true, false);
    return true;
  }

  // "million" after digits.
  bool scale() {
    const std::size_t zeros = zeros_of(scale_value(tokens_[at_].entry));
    if (zeros == 0) return false;
    if (!after_digit()) return lone_scale(zeros);
    if (words_.back().fraction) return part_of_scale(zeros);
    std::size_t decimals = 0;
    for (std::size_t i = words_.size(); i-- > 0 && words_[i].is_digit();) {
      ++decimals;
      if (words_[i].point) {
        words_[i].point = words_[i].border = false;
        break;
      }
      if (words_[i].border) decimals = 0;
      if (words_[i].border) break;
    }
    if (decimals > zeros || (decimals == 0 && zeros >= kMillionZeros)) {
      word("e" + std::to_string(zeros), nullptr);
    } else {
      for (std::size_t i = decimals; i < zeros; ++i) digit('0', false);
    }
    return true;
  }

  // "The hundred meters" are the 100 meters.
  bool lone_scale(std::size_t zeros) {
    if (zeros >= kMillionZeros || tokens_[at_].entry == nullptr) return false;
    number("1" + std::string(zeros, '0'), true, false);
    return true;
  }

  // "two and a half million" is 2,500,000.
  bool part_of_scale(std::size_t zeros) {
    const std::size_t part = words_.size() - 2;
    const std::string_view decimals = words_.back().key == "2" ? "5" : words_[part].key == "3" ? "75" : "25";
    std::size_t whole = part;
    while (whole > 0 && !words_[whole - 1].is_digit() && part - whole < 2) --whole;
    const bool added = whole > 0 && whole < part && words_[whole - 1].is_digit();
    words_.resize(added ? whole : part);
    bool first = !added;
    for (const char c : decimals) {
      digit(c, first);
      first = false;
    }
    for (std::size_t i = decimals.size(); i < zeros; ++i) digit('0', false);
    return true;
  }
};

}  // namespace

CompareWords compare_words(const Tokens& tokens, const Language& language, Keys& keys) {
  return Comparer(tokens, language, keys).run();
}

}  // namespace diktate
