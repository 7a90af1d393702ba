#include "text/compare.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "text/number_words.h"
#include "text/rewriter.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::size_t kMillionZeros = 6;
constexpr std::size_t kBillionZeros = 9;
constexpr std::size_t kGroup = 3;  // digits of a thousand, as they are written

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_currency(char32_t code) {
  return code == '$' || code == 0xA3 || code == 0xA5 || code == 0x20AC || code == 0xA2;
}

// "p.m." and "U.S.": letters, each with its stop.
bool is_dotted(std::string_view word) {
  if (word.size() < 3 || word.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < word.size(); i += 2) {
    if (word[i + 1] != '.' || word[i] < 'a' || word[i] > 'z') return false;
  }
  return true;
}

// Zeros that a scale stands for: 3 for a thousand. 0 for no scale.
std::size_t zeros_of(std::int64_t scale) {
  std::size_t zeros = 0;
  for (; scale >= 10 && scale % 10 == 0; scale /= 10) ++zeros;
  return zeros;
}

std::int64_t scale_value(const Entry* entry) {
  return std::max(number_value(entry, NumberKind::scale), number_value(entry, NumberKind::lone_scale));
}

class Comparer {
 public:
  Comparer(const Tokens& tokens, const Language& language, Keys& keys)
      : tokens_(tokens), language_(language), keys_(keys) {
    words_.reserve(tokens.size() + tokens.size() / 4);
  }

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
    if (const std::size_t count = clock()) return count;
    if (const std::size_t count = inside_number()) return count;
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
    if (!scale()) take_apart(tokens_[at_].folded);
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

  bool after_digit() const { return !words_.empty() && words_.back().is_digit() && !gap_before_; }

  // "half past five" and "cinco y media" are 5:30.
  std::size_t clock() {
    const Phrase* phrase = match_phrase(tokens_, at_, groups(PhraseGroup::clock));
    if (phrase == nullptr) return 0;
    int minutes = 0;
    const std::string_view value = phrase->value;
    std::from_chars(value.data() + (value.starts_with('+') ? 1 : 0), value.data() + value.size(), minutes);
    if (value.starts_with('+') || value.starts_with('-')) {
      if (!number_at(phrase->words.size())) return 0;
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

  // The "point" and the "oh" between digits; an "oh" also at the end.
  std::size_t inside_number() {
    const Phrase* phrase =
        after_digit() ? match_phrase(tokens_, at_, groups(PhraseGroup::inside_number)) : nullptr;
    if (phrase == nullptr) return 0;
    const Phrase* nought = match_phrase(tokens_, at_ + 1, groups(PhraseGroup::inside_number));
    const bool goes_on = number_at(1) || (nought != nullptr && nought->value != "." && next(1) != nullptr);
    if (phrase->value == ".") {
      if (!goes_on) return 0;
      point_ = true;
      return 1;
    }
    if (!goes_on && !point_ && next(1) != nullptr) return 0;
    number(phrase->value, true, false);
    return 1;
  }

  std::size_t spoken_number() {
    const Token& token = tokens_[at_];
    const NumberInWords read = read_number(tokens_, at_, language_);
    if (!read) {
      const std::int64_t part = number_value(token.entry, NumberKind::fraction);
      if (part < 0) return 0;
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
    return read.words;
  }

  // "million" after digits.
  bool scale() {
    const std::size_t zeros = zeros_of(scale_value(tokens_[at_].entry));
    if (zeros == 0 || !after_digit()) return false;
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

  // A phrase's value in the place of its words.
  void stand_in(const Phrase& phrase) {
    std::string_view rest = phrase.value;
    while (!rest.empty()) {
      const std::size_t space = std::min(rest.find(' '), rest.size());
      take_apart(lowered(rest.substr(0, space)));
      rest.remove_prefix(std::min(space + 1, rest.size()));
    }
  }

  // Letters, digits and signs of a token, each by itself.
  void take_apart(std::string_view folded) {
    if (is_dotted(folded)) return dotted(folded);
    bool symbol = true;  // what stands before is none of a number
    if (folded.size() > 1 && folded[0] == '-' && is_digit(static_cast<unsigned char>(folded[1]))) sign("-");
    while (!folded.empty()) {
      const Character character = first_character(folded);
      std::size_t size = character.size;
      if (is_digit(character.code)) {
        size = digits(folded);
        symbol = false;
      } else if (is_letter(character.code)) {
        size = letters(folded);
        const bool suffix = !symbol && !words_.empty() && words_.back().is_digit();
        symbol = true;
        add_letters(folded.substr(0, size), suffix);
      } else {
        other(character.code);
        symbol = true;
      }
      folded.remove_prefix(size);
    }
  }

  void other(char32_t code) {
    if (is_currency(code) || code == '%') {
      std::string text;
      append_character(text, code);
      sign(text);
    } else if (code == 0xBD || code == 0xBC || code == 0xBE) {  // ½ ¼ ¾
      number(code == 0xBE ? "3" : "1", true, true);
      number(code == 0xBD ? "2" : "4", true, true);
    }
  }

  static std::size_t letters(std::string_view text) {
    std::size_t size = 0;
    while (size < text.size()) {
      const Character character = first_character(text.substr(size));
      const bool inside = character.code == '\'' && size > 0 && size + 1 < text.size();
      if (!inside && !is_letter(character.code)) break;
      size += character.size;
    }
    return size;
  }

  void add_letters(std::string_view text, bool after_digits) {
    const Entry* entry = language_.find(text);
    const bool suffix = entry != nullptr && (entry->classes & classes(WordClass::ordinal_suffix)) != 0;
    if (after_digits && suffix) return;
    for (const NumberKind kind : {NumberKind::digit, NumberKind::teen, NumberKind::ten}) {
      if (const std::int64_t value = number_value(entry, kind); value >= 0)
        return number(std::to_string(value), true, false);
    }
    const bool day_half = (text == "am" || text == "pm") && !words_.empty() && words_.back().is_digit();
    if (text.ends_with("'s") && entry == nullptr) text.remove_suffix(2);
    if (entry == nullptr) entry = language_.find(text);
    word(std::string(text), day_half ? nullptr : entry);
  }

  void dotted(std::string_view folded) {
    std::string text;
    for (std::size_t i = 0; i < folded.size(); i += 2) text += folded[i];
    word(std::move(text), nullptr);
  }

  // The digits that `text` begins with, with what groups them ("1,200") and the point in them.
  std::size_t digits(std::string_view text) {
    const auto end_of_run = [&](std::size_t from) {
      while (from < text.size() && is_digit(static_cast<unsigned char>(text[from]))) ++from;
      return from;
    };
    std::size_t at = end_of_run(0);
    std::string run(text.substr(0, at));
    std::vector<std::size_t> groups;  // where they begin in the run
    while (at + 1 < text.size() && (text[at] == ',' || text[at] == '.') && end_of_run(at + 1) > at + 1) {
      const std::size_t end = end_of_run(at + 1);
      if (end - at == kGroup + 1) {
        groups.push_back(run.size());
      } else {
        grouped_number(run, groups);
        point_ = true;
        run.clear();
        groups.clear();
      }
      run += text.substr(at + 1, end - at - 1);
      at = end;
    }
    grouped_number(run, groups);
    return at;
  }

  void grouped_number(const std::string& run, const std::vector<std::size_t>& groups) {
    const std::size_t first = words_.size();
    number(run, !point_, false);
    for (const std::size_t group : groups) {
      if (first + group < words_.size()) words_[first + group].grouped = words_[first + group].is_digit();
    }
  }

  void number(std::string run, bool border, bool fraction) {
    std::size_t zeros = 0;
    if (run.size() > kBillionZeros && run.ends_with("000000000")) {
      zeros = kBillionZeros;
    } else if (run.size() > kMillionZeros && run.ends_with("000000")) {
      zeros = kMillionZeros;
    }
    run.resize(run.size() - zeros);
    const std::size_t first = words_.size();
    for (const char c : run) {
      digit(c, border);
      border = false;
      words_.back().fraction = fraction;
    }
    if (first < words_.size()) {
      words_[first].point = point_;
      words_[first].marker = is_marker();
    }
    point_ = false;
    if (zeros > 0) word("e" + std::to_string(zeros), nullptr);
  }

  // "2." or "2)" at the start of a line.
  bool is_marker() const {
    const bool starts = at_ == 0 || tokens_[at_].gap >= Gap::line;
    return starts && at_ + 1 < tokens_.size() &&
           (tokens_[at_ + 1].is_mark(".") || tokens_[at_ + 1].is_mark(")"));
  }

  void digit(char value, bool border) {
    CompareWord& added = add(std::string(1, value));
    added.kind = CompareWord::Kind::digit;
    added.border = border;
  }

  void sign(std::string text) { add(std::move(text)).kind = CompareWord::Kind::sign; }

  void word(std::string text, const Entry* entry) {
    const bool placed = placed_;
    CompareWord& added = add(is_ascii(text) ? std::move(text) : without_accents(text));
    added.entry = entry;
    added.placed = placed;
    added.name = !placed && starts_upper(tokens_[added.token].text) && !added.is(classes(WordClass::capital));
    if (entry == nullptr) return;
    for (const Phrase& phrase : entry->phrases) {
      if (phrase.group == PhraseGroup::same_as && phrase.words.size() == 1) same_as(added, phrase.value);
    }
  }

  void same_as(CompareWord& word, std::string_view others) {
    for (std::size_t next = 1; next < word.ids.size() && !others.empty(); ++next) {
      const std::size_t end = std::min(others.find(' '), others.size());
      word.ids[next] = keys_.id(without_accents(others.substr(0, end)));
      others.remove_prefix(std::min(end + 1, others.size()));
    }
  }

  CompareWord& add(std::string key) {
    CompareWord& added = words_.emplace_back();
    added.ids[0] = keys_.id(key);
    added.key = std::move(key);
    added.token = std::min(at_, tokens_.size() - 1);
    placed_ = false;
    gap_before_ = false;
    return added;
  }

  const Tokens& tokens_;
  const Language& language_;
  Keys& keys_;
  CompareWords words_;
  std::size_t at_ = 0;
  bool placed_ = true;
  bool point_ = false;
  bool gap_before_ = false;
};

std::size_t common_prefix(std::string_view one, std::string_view other) {
  const std::size_t most = std::min(one.size(), other.size());
  std::size_t size = 0;
  while (size < most && one[size] == other[size]) ++size;
  return size;
}

bool is_ending(std::string_view text, const Language& language) {
  if (text.empty()) return true;
  const Entry* entry = language.find(text);
  return entry != nullptr && (entry->classes & classes(WordClass::ending)) != 0;
}

// "walk" and "walked", "plan" and "planning", "niño" and "niños".
bool inflected(std::string_view one, std::string_view other, const Language& language) {
  const std::size_t same = common_prefix(one, other);
  const std::size_t shorter = std::min(one.size(), other.size());
  if (same < 3 || same + 2 < shorter) return false;
  std::string_view rest = one.substr(same);
  std::string_view other_rest = other.substr(same);
  std::string_view& longer = rest.size() > other_rest.size() ? rest : other_rest;
  if (longer.size() >= 3 && longer.front() == one[same - 1]) longer.remove_prefix(1);
  const bool short_word = shorter <= 3 && longer.size() > 3;
  return !short_word && is_ending(rest, language) && is_ending(other_rest, language);
}

// One letter more, less, other or exchanged for its neighbour.
bool one_edit(std::string_view one, std::string_view other) {
  if (one.size() > other.size()) std::swap(one, other);
  if (other.size() - one.size() > 1) return false;
  const std::size_t same = common_prefix(one, other);
  if (other.size() != one.size()) return one.substr(same) == other.substr(same + 1);
  if (one.substr(std::min(same + 1, one.size())) == other.substr(std::min(same + 1, other.size())))
    return true;
  return same + 1 < one.size() && one[same] == other[same + 1] && one[same + 1] == other[same] &&
         one.substr(same + 2) == other.substr(same + 2);
}

// Of two edits only those are found that lie apart: the first may be anything that one_edit() knows.
bool two_edits(std::string_view one, std::string_view other) {
  const std::size_t same = common_prefix(one, other);
  const std::string_view rest = one.substr(same);
  const std::string_view other_rest = other.substr(same);
  for (const auto& [skip, other_skip] : {std::pair{1, 0}, {0, 1}, {1, 1}, {2, 2}}) {
    if (rest.size() < static_cast<std::size_t>(skip)) continue;
    if (other_rest.size() < static_cast<std::size_t>(other_skip)) continue;
    if (one_edit(rest.substr(skip), other_rest.substr(other_skip))) return true;
  }
  return false;
}

constexpr std::size_t kShortestForOneEdit = 5;
constexpr std::size_t kShortestForTwo = 8;

bool spelled_alike(std::string_view one, std::string_view other) {
  if (one.front() != other.front()) return false;
  const std::size_t shorter = std::min(one.size(), other.size());
  if (shorter < kShortestForOneEdit) return false;
  return one_edit(one, other) || (shorter >= kShortestForTwo && two_edits(one, other));
}

// What means something else when it is but a little different.
bool is_exact(const CompareWord& word) {
  return word.kind != CompareWord::Kind::word ||
         word.is(classes(WordClass::negation, WordClass::denial, WordClass::weekday, WordClass::capital,
                         WordClass::contrast)) ||
         word.in(groups(PhraseGroup::month)) || (word.entry != nullptr && !word.entry->numbers.empty());
}

}  // namespace

int Keys::id(std::string_view key) {
  const auto found = ids_.find(key);
  if (found != ids_.end()) return found->second;
  const int id = static_cast<int>(ids_.size()) + 1;
  ids_.emplace(key, id);
  return id;
}

CompareWords compare_words(const Tokens& tokens, const Language& language, Keys& keys) {
  return Comparer(tokens, language, keys).run();
}

bool alike(const CompareWord& one, const CompareWord& other, const Language& language) {
  if (one.ids[0] == other.ids[0]) return true;
  for (const int id : one.ids) {
    if (id != 0 && std::find(other.ids.begin(), other.ids.end(), id) != other.ids.end()) return true;
  }
  if (one.kind != CompareWord::Kind::word || other.kind != CompareWord::Kind::word) return false;
  const bool name = one.name || other.name;
  if (name) {
    const auto [shorter, longer] = std::minmax(std::string_view(one.key), std::string_view(other.key),
                                               [](auto a, auto b) { return a.size() < b.size(); });
    return longer.size() == shorter.size() + 1 && longer.starts_with(shorter) && longer.back() == 's';
  }
  if (is_exact(one) || is_exact(other)) return false;
  return inflected(one.key, other.key, language) || spelled_alike(one.key, other.key);
}

}  // namespace diktate
