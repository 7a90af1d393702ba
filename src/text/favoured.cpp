#include "text/favoured.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/phrase_index.h"
#include "text/sanitise.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::size_t kFewestLetters = 3;
constexpr std::size_t kMostLetters = 40;  // nothing longer is a word; keeps every comparison short
constexpr std::size_t kFewestCodesOfPair = 4;
constexpr std::size_t kFewestLettersOfSlip = 7;

constexpr WordClasses kNotOfPair =
    classes(WordClass::article, WordClass::pronoun, WordClass::object, WordClass::possessive,
            WordClass::demonstrative, WordClass::preposition, WordClass::conjunction, WordClass::be,
            WordClass::auxiliary, WordClass::opener, WordClass::negation, WordClass::question);

// How many letters may differ between words that sound alike.
std::size_t allowed_distance(std::size_t codes, std::size_t letters) {
  if (codes < kFewestCodes) return 0;
  if (codes == 3) return letters / 4;
  if (codes == 4) return letters / 3;
  return codes == 5 ? letters * 2 / 5 : letters / 2;
}

// The letters of a word that may have been misheard; empty if it cannot have been.
std::u32string letters_of(const Token& token) {
  if (!token.is_word() || token.fixed || is_all_upper(token.text)) return {};
  std::string_view word = token.folded;
  word.remove_suffix(possessive_ending(token).empty() ? 0 : 2);
  return word.size() > kMostLetters * 4 || !has_only_letters(word) ? std::u32string() : base_letters(word);
}

std::u32string without(std::u32string_view letters, std::size_t place) {
  std::u32string rest(letters);
  rest.erase(place, 1);
  return rest;
}

bool is_slip(std::u32string_view one, std::u32string_view other) {
  return one.size() >= kFewestLettersOfSlip && other.size() >= kFewestLettersOfSlip && one[0] == other[0] &&
         !one.starts_with(other) && !other.starts_with(one);
}

// "Martin" and "Martina", "Mario" and "Maria".
bool are_two_names(std::u32string_view one, std::u32string_view other) {
  return one.back() != other.back() && (one.back() == U'a' || other.back() == U'a');
}

// Digits and signs would be lost among the letters.
bool can_be_misheard(std::string_view written) {
  std::string letters(written);
  std::erase_if(letters, [](char c) { return c == ' ' || c == '-' || c == '\''; });
  return has_only_letters(letters);
}

// Whether the language knows the word. A favoured word that it knows too may have been meant or not.
bool is_known(const Token& token) { return token.entry != nullptr; }

}  // namespace

std::size_t edit_distance(std::u32string_view one, std::u32string_view other) {
  const std::size_t width = other.size() + 1;
  std::vector<std::size_t> rows(3 * width);
  std::size_t* before = rows.data();  // the row before the last
  std::size_t* last = before + width;
  std::size_t* row = last + width;
  for (std::size_t j = 0; j < width; ++j) row[j] = j;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    std::swap(before, last);
    std::swap(last, row);
    row[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      const std::size_t changed = last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, changed});
      if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[other.size()];
}

FavouredWords::FavouredWords(const std::vector<std::string>& words) {
  for (const std::string& given : words) {
    std::string written = sanitised(given);
    std::u32string letters = base_letters(written);
    if (!can_be_misheard(written)) continue;
    if (letters.size() < kFewestLetters || letters.size() > kMostLetters) continue;
    const std::size_t place = words_.size();
    std::string key = sound_key(letters);
    by_letters_[letters].push_back(place);
    if (key.size() >= kFewestCodes) by_key_[key].push_back(place);
    if (letters.size() >= kFewestLettersOfSlip) {
      by_slip_[letters].push_back(place);
      for (std::size_t i = 0; i < letters.size(); ++i) {
        Places& places = by_slip_[without(letters, i)];
        if (places.empty() || places.back() != place) places.push_back(place);
      }
    }
    words_.push_back({std::move(written), std::move(letters), std::move(key)});
  }
}

template <class Key>
const FavouredWords::Places& FavouredWords::at(const std::unordered_map<Key, Places>& index, const Key& key) {
  static const Places kNone;
  const auto found = index.find(key);
  return found == index.end() ? kNone : found->second;
}

// The nearest favoured word to some letters.
class FavouredWords::Search {
 public:
  Search(const FavouredWords& favoured, std::u32string_view letters) : words_(favoured), letters_(letters) {}

  const std::string* run(std::size_t fewest_codes) {
    const std::u32string letters(letters_);
    for (const std::size_t place : at(words_.by_letters_, letters)) offer(words_.words_[place], 0);
    const std::string key = sound_key(letters_);
    if (key.size() >= fewest_codes) {
      for (const std::size_t place : at(words_.by_key_, key)) {
        const Word& word = words_.words_[place];
        offer(word, allowed_distance(key.size(), std::max(word.letters.size(), letters_.size())));
      }
    }
    if (letters.size() >= kFewestLettersOfSlip) {
      slips(letters);
      for (std::size_t i = 0; i < letters.size(); ++i) slips(without(letters_, i));
    }
    return best_ == nullptr || tied_ ? nullptr : &best_->written;
  }

 private:
  void slips(const std::u32string& letters) {
    for (const std::size_t place : at(words_.by_slip_, letters)) {
      if (is_slip(words_.words_[place].letters, letters_)) offer(words_.words_[place], 1);
    }
  }

  void offer(const Word& word, std::size_t most) {
    if (&word == best_ || (most > 0 && are_two_names(word.letters, letters_))) return;
    const std::size_t distance = edit_distance(word.letters, letters_);
    if (distance > most || (best_ != nullptr && distance > distance_)) return;
    tied_ = best_ != nullptr && distance == distance_ && best_->written != word.written;
    best_ = &word;
    distance_ = distance;
  }

  const FavouredWords& words_;
  std::u32string_view letters_;
  const Word* best_ = nullptr;
  std::size_t distance_ = 0;
  bool tied_ = false;
};

const std::string* FavouredWords::meant_by(const Token& word) const {
  if (words_.empty() || is_known(word)) return nullptr;
  const std::u32string letters = letters_of(word);
  if (letters.size() < kFewestLetters || letters.size() > kMostLetters) return nullptr;
  return Search(*this, letters).run(kFewestCodes);
}

const std::string* FavouredWords::meant_by(const Token& word, const Token& next) const {
  if (words_.empty() || (is_known(word) && is_known(next)) || word.is(kNotOfPair) || next.is(kNotOfPair))
    return nullptr;
  if (next.gap != Gap::space || !possessive_ending(word).empty()) return nullptr;
  const std::u32string first = letters_of(word);
  const std::u32string second = letters_of(next);
  if (first.empty() || second.empty() || first.size() + second.size() > kMostLetters) return nullptr;
  if (meant_by(word) != nullptr || meant_by(next) != nullptr) return nullptr;
  return Search(*this, first + second).run(kFewestCodesOfPair);
}

}  // namespace diktate
