#include "text/phrase_search.h"

#include <algorithm>

#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::size_t kNear = 6;  // words between the place of a phrase in the result and in what was said

bool matches(const PlainWords& words, std::size_t index, const Phrase& phrase) {
  if (phrase.words.size() > words.size() - index) return false;
  for (std::size_t i = 0; i < phrase.words.size(); ++i) {
    if (words[index + i].folded != phrase.words[i]) return false;
  }
  return true;
}

// U+2019 is the apostrophe of typesetters.
bool is_apostrophe(char32_t code) { return code == '\'' || code == 0x2019; }

}  // namespace

PlainWords plain_words(std::string_view text) {
  PlainWords words;
  bool open = false;
  for (std::size_t at = 0; at < text.size();) {
    const Character character = first_character(text.substr(at));
    const std::size_t end = at + character.size;
    const bool apostrophe = open && is_apostrophe(character.code) && end < text.size() &&
                            is_letter(first_character(text.substr(end)).code);
    if (is_letter(character.code) || is_digit(character.code) || apostrophe) {
      if (!open) words.push_back({{}, at, end});
      append_character(words.back().folded, apostrophe ? U'\'' : to_lower(character.code));
      words.back().end = end;
      open = true;
    } else {
      open = false;
    }
    at = end;
  }
  return words;
}

std::size_t phrase_at(const PlainWords& words, std::size_t index, const Language& language,
                      PhraseGroups groups, const Phrase** found) {
  if (index >= words.size()) return 0;
  const Entry* entry = language.find(words[index].folded);
  if (entry == nullptr || (entry->groups & groups) == 0) return 0;
  for (const Phrase& phrase : entry->phrases) {
    const bool wanted = (groups & (PhraseGroups{1} << static_cast<unsigned>(phrase.group))) != 0;
    if (!wanted || !matches(words, index, phrase)) continue;
    if (found != nullptr) *found = &phrase;
    return phrase.words.size();
  }
  return 0;
}

Said::Said(std::string_view text, const Language& language)
    : language_(language), text_(text), words_(plain_words(text)) {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    note(words_[i].folded, i);
    if (words_[i].folded.size() == 1) note_spelled(i);
    const Phrase* phrase = nullptr;
    if (phrase_at(words_, i, language, groups(PhraseGroup::contraction), &phrase) == 0) continue;
    for (const PlainWord& word : plain_words(phrase->value)) note(word.folded, i);
  }
}

// "a i" is "ai".
void Said::note_spelled(std::size_t first) {
  std::string together = words_[first].folded;
  for (std::size_t i = first + 1; i < words_.size() && words_[i].folded.size() == 1 && i < first + 6; ++i) {
    together += words_[i].folded;
    note(together, first);
  }
}

void Said::note(const std::string& word, std::size_t place) {
  const auto [known, added] = places_.try_emplace(word, Places{place, place});
  if (!added) known->second.last = place;
}

bool Said::has(const PlainWords& words, std::size_t first, std::size_t end, Where where) const {
  return missing(words, first, end, where) * 5 <= end - first;
}

std::size_t Said::missing(const PlainWords& words, std::size_t first, std::size_t end, Where where) const {
  std::size_t missing = 0;
  for (std::size_t i = first; i < end; ++i) {
    const auto known = places_.find(words[i].folded);
    bool near = known != places_.end();
    if (near && where == Where::at_start) near = known->second.first <= i + kNear;
    if (near && where == Where::at_end) near = words_.size() - known->second.last <= words.size() - i + kNear;
    missing += near ? 0 : 1;
  }
  return missing;
}

bool Said::has_phrase(PhraseGroup group, std::string_view value) const {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const Phrase* found = nullptr;
    if (phrase_at(words_, i, language_, groups(group), &found) > 0 && found->value == value) return true;
  }
  return false;
}

}  // namespace diktate
