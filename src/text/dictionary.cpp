#include "text/dictionary.h"

#include "text/sanitise.h"

namespace diktate {

Dictionary::Dictionary(const std::vector<Replacement>& replacements, const std::vector<std::string>& favoured)
    : favoured_(favoured) {
  entries_.reserve(favoured.size() + replacements.size());
  for (const std::string& word : favoured) add(word, word, true);
  for (const Replacement& replacement : replacements) add(replacement.spoken, replacement.written, false);
}

void Dictionary::add(std::string_view spoken, std::string_view written, bool favoured) {
  index_.add(spoken, entries_.size());
  entries_.push_back({sanitised(written), favoured});
}

std::optional<Dictionary::Match> Dictionary::find(const Rewriter& at) const {
  const Token& first = at.now();
  if (!first.is_word() || first.fixed) return std::nullopt;
  if (const auto exact = index_.find(at)) {
    const Entry& entry = entries_[exact->id];
    const bool doubtful = entry.favoured && exact->words == 1 && first.entry != nullptr;
    if (doubtful) return std::nullopt;
    return Match{entry.written, exact->words, exact->ending, entry.favoured};
  }
  if (favoured_.empty()) return std::nullopt;
  if (const std::string* word = favoured_.meant_by(first))
    return Match{*word, 1, possessive_ending(first), true};
  const Token& next = at.now(1);
  if (index_.find(at, 1)) return std::nullopt;
  if (const std::string* word = favoured_.meant_by(first, next))
    return Match{*word, 2, possessive_ending(next), true};
  return std::nullopt;
}

}  // namespace diktate
