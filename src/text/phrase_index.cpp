#include "text/phrase_index.h"

#include <algorithm>
#include <utility>

#include "text/sanitise.h"

namespace diktate {
namespace {

constexpr std::string_view kPossessive = "'s";

bool is_joined(const Token& token) { return token.is_word() && !token.fixed && token.gap == Gap::space; }

// Whether `word` is `token`'s, but for an ending.
bool is_possessive_of(std::string_view word, std::string_view folded) {
  return folded.size() == word.size() + kPossessive.size() && folded.starts_with(word) &&
         folded.ends_with(kPossessive);
}

}  // namespace

std::vector<std::string> spoken_words(std::string_view phrase) {
  static const Language kNone;  // no word of a user's is an abbreviation before it is said
  std::vector<std::string> words;
  for (Token& token : tokenise(sanitised(phrase), kNone)) {
    if (token.is_word()) words.push_back(std::move(token.folded));
  }
  return words;
}

std::string_view possessive_ending(const Token& word) {
  if (!word.folded.ends_with(kPossessive) || word.folded.size() == kPossessive.size()) return {};
  const std::string_view text = word.text;
  const std::size_t apostrophe = text.rfind(text.ends_with("’s") || text.ends_with("’S") ? "’" : "'");
  return apostrophe == std::string_view::npos ? std::string_view{} : text.substr(apostrophe);
}

void PhraseIndex::add(std::string_view phrase, std::size_t id) {
  std::vector<std::string> words = spoken_words(phrase);
  if (words.empty()) return;
  std::vector<Phrase>& known = phrases_[words.front()];
  std::erase_if(known, [&](const Phrase& other) { return other.words == words; });
  const auto shorter = std::find_if(known.begin(), known.end(),
                                    [&](const Phrase& other) { return other.words.size() < words.size(); });
  known.insert(shorter, Phrase{std::move(words), id});
}

const std::vector<PhraseIndex::Phrase>* PhraseIndex::beginning_with(std::string_view word) const {
  const auto found = phrases_.find(word);
  return found == phrases_.end() ? nullptr : &found->second;
}

std::optional<PhraseIndex::Match> PhraseIndex::find(const Rewriter& at, std::size_t ahead) const {
  const Token& first = at.now(ahead);
  if (!first.is_word() || first.fixed || phrases_.empty()) return std::nullopt;
  if (const auto* phrases = beginning_with(first.folded); phrases != nullptr) {
    for (const Phrase& phrase : *phrases) {
      const std::size_t last = phrase.words.size() - 1;
      std::size_t same = 1;
      while (same < last && is_joined(at.now(ahead + same)) &&
             at.now(ahead + same).is_word(phrase.words[same]))
        ++same;
      if (last == 0) return Match{phrase.id, 1, {}};
      const Token& end = at.now(ahead + last);
      if (same < last || !is_joined(end)) continue;
      if (end.is_word(phrase.words[last])) return Match{phrase.id, last + 1, {}};
      if (is_possessive_of(phrase.words[last], end.folded))
        return Match{phrase.id, last + 1, possessive_ending(end)};
    }
  }
  const std::string_view ending = possessive_ending(first);
  if (ending.empty()) return std::nullopt;
  const auto* phrases =
      beginning_with(std::string_view(first.folded).substr(0, first.folded.size() - kPossessive.size()));
  if (phrases == nullptr || phrases->back().words.size() > 1) return std::nullopt;
  return Match{phrases->back().id, 1, ending};
}

}  // namespace diktate
