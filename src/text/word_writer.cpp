#include "text/word_writer.h"

#include <algorithm>
#include <utility>

#include "text/number_words.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::size_t kGroup = 3;  // digits of a thousand, as they are written

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_currency(char32_t code) {
  return code == '$' || code == 0xA3 || code == 0xA5 || code == 0x20AC || code == 0xA2;
}

}  // namespace

void WordWriter::stand_in(const Phrase& phrase) {
  std::string_view rest = phrase.value;
  while (!rest.empty()) {
    const std::size_t space = std::min(rest.find(' '), rest.size());
    take_apart(lowered(rest.substr(0, space)));
    rest.remove_prefix(std::min(space + 1, rest.size()));
  }
}

void WordWriter::take_apart(std::string_view folded) {
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
      const bool times = suffix && folded[0] == 'x' && size == 1 && folded.size() > 1 &&
                         is_digit(static_cast<unsigned char>(folded[1]));
      if (!times) add_letters(folded.substr(0, size), suffix);
    } else {
      other(character.code);
      symbol = true;
    }
    folded.remove_prefix(size);
  }
}

void WordWriter::other(char32_t code) {
  if (is_currency(code) || code == '%') {
    std::string text;
    append_character(text, code);
    sign(text);
  } else if (code == 0xB0) {
    word("°", nullptr);
  } else if (code == 0xBD || code == 0xBC || code == 0xBE) {  // ½ ¼ ¾
    number(code == 0xBE ? "3" : "1", true, true);
    number(code == 0xBD ? "2" : "4", true, true);
  }
}

std::size_t WordWriter::letters(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size()) {
    const Character character = first_character(text.substr(size));
    const bool inside = character.code == '\'' && size > 0 && size + 1 < text.size();
    if (!inside && !is_letter(character.code)) break;
    size += character.size;
  }
  return size;
}

void WordWriter::add_letters(std::string_view text, bool after_digits) {
  const Entry* entry = language_.find(text);
  const bool suffix = entry != nullptr && (entry->classes & classes(WordClass::ordinal_suffix)) != 0;
  if (after_digits && suffix) return;
  for (const NumberKind kind : {NumberKind::digit, NumberKind::teen, NumberKind::ten}) {
    if (const std::int64_t value = number_value(entry, kind); value >= 0)
      return number(std::to_string(value), true, false);
  }
  // "Two-thirds"
  const std::int64_t part = number_value(entry, NumberKind::fraction);
  if (part > 0 && !words_.empty() && words_.back().is_digit() && words_.back().token == at_)
    return number(std::to_string(part), true, true);
  const bool day_half = (text == "am" || text == "pm") && !words_.empty() && words_.back().is_digit();
  if (text.ends_with("'s") && entry == nullptr) text.remove_suffix(2);
  if (entry == nullptr) entry = language_.find(text);
  word(std::string(text), day_half ? nullptr : entry);
}

void WordWriter::dotted(std::string_view folded) {
  std::string text;
  for (std::size_t i = 0; i < folded.size(); i += 2) text += folded[i];
  word(std::move(text), nullptr);
}

std::size_t WordWriter::digits(std::string_view text) {
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

void WordWriter::grouped_number(const std::string& run, const std::vector<std::size_t>& groups) {
  const std::size_t first = words_.size();
  number(run, !point_, false);
  for (const std::size_t group : groups) {
    if (first + group < words_.size()) words_[first + group].grouped = words_[first + group].is_digit();
  }
}

void WordWriter::number(std::string run, bool border, bool fraction) {
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

bool WordWriter::is_marker() const {
  const bool starts = at_ == 0 || tokens_[at_].gap >= Gap::line;
  return starts && at_ + 1 < tokens_.size() &&
         (tokens_[at_ + 1].is_mark(".") || tokens_[at_ + 1].is_mark(")"));
}

void WordWriter::digit(char value, bool border) {
  CompareWord& added = add(std::string(1, value));
  added.kind = CompareWord::Kind::digit;
  added.border = border;
}

void WordWriter::sign(std::string text) { add(std::move(text)).kind = CompareWord::Kind::sign; }

void WordWriter::word(std::string text, const Entry* entry) {
  const bool placed = placed_;
  CompareWord& added = add(is_ascii(text) ? std::move(text) : without_accents(text));
  added.sound = keys_.sound(added.key);
  added.entry = entry;
  added.placed = placed;
  added.name = !placed && starts_upper(tokens_[added.token].text) && !added.is(classes(WordClass::capital));
  if (entry == nullptr) return;
  add_kin(added, *entry);
}

void WordWriter::add_kin(CompareWord& word, const Entry& entry) {
  for (const Phrase& phrase : entry.phrases) {
    if (phrase.words.size() != 1) continue;
    if (phrase.group == PhraseGroup::same_as) same_as(word, phrase.value);
    // In an address it is not written out.
    const bool one = phrase.value.find(' ') == std::string::npos;
    if (phrase.group == PhraseGroup::contraction && one && word.ids[1] == 0) same_as(word, phrase.value);
  }
}

void WordWriter::same_as(CompareWord& word, std::string_view others) {
  for (std::size_t next = 1; next < word.ids.size() && !others.empty(); ++next) {
    const std::size_t end = std::min(others.find(' '), others.size());
    word.ids[next] = keys_.id(without_accents(others.substr(0, end)));
    others.remove_prefix(std::min(end + 1, others.size()));
  }
}

CompareWord& WordWriter::add(std::string key) {
  CompareWord& added = words_.emplace_back();
  added.ids[0] = keys_.id(key);
  added.key = std::move(key);
  added.token = std::min(at_, tokens_.size() - 1);
  placed_ = false;
  gap_before_ = false;
  return added;
}

}  // namespace diktate
