#include <algorithm>
#include <utility>

#include "text/compare.h"
#include "text/favoured.h"

namespace diktate {
namespace {

constexpr std::size_t kShortestSound = 4;  // letters

bool is_vowel(char letter) { return std::string_view("aeiou").find(letter) != std::string_view::npos; }

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
  using Skips = std::pair<std::size_t, std::size_t>;
  for (const auto& [skip, other_skip] : {Skips{1, 0}, {0, 1}, {1, 1}, {2, 2}}) {
    if (rest.size() < skip || other_rest.size() < other_skip) continue;
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

int Keys::sound(std::string_view key) {
  if (key.size() < kShortestSound) return 0;
  std::u32string letters;
  for (const char c : key) {
    if (c < 'a' || c > 'z') return 0;
    letters += static_cast<char32_t>(c);
  }
  const std::string sound = sound_key(letters);
  return sound.size() < kFewestCodes ? 0 : id("~" + sound);
}

bool alike(const CompareWord& one, const CompareWord& other, const Language& language) {
  if (one.ids[0] == other.ids[0]) return true;
  for (const int id : one.ids) {
    if (id != 0 && std::find(other.ids.begin(), other.ids.end(), id) != other.ids.end()) return true;
  }
  if (one.kind != CompareWord::Kind::word || other.kind != CompareWord::Kind::word) return false;
  // "illegal" sounds like "legal" but for the vowel that counts.
  const bool sounds =
      one.sound != 0 && one.sound == other.sound && is_vowel(one.key.front()) == is_vowel(other.key.front());
  if (one.name || other.name) {
    const bool in_order = one.key.size() <= other.key.size();
    const std::string_view shorter = in_order ? one.key : other.key;
    const std::string_view longer = in_order ? other.key : one.key;
    const bool plural = shorter.size() > 1 && longer.size() == shorter.size() + 1 &&
                        longer.starts_with(shorter) && longer.back() == 's';
    const bool near = sounds && shorter.size() >= kShortestSound && longer.size() <= shorter.size() + 2;
    return plural || (near && !is_exact(one) && !is_exact(other));
  }
  if (is_exact(one) || is_exact(other)) return false;
  if (sounds) return true;
  return inflected(one.key, other.key, language) || spelled_alike(one.key, other.key);
}

}  // namespace diktate
