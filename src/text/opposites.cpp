#include <algorithm>

#include "text/verify_checks.h"

namespace diktate {
namespace {

constexpr std::size_t kLongestInflection = 4;

bool begins(const CompareWords& words, std::string_view with) {
  return std::any_of(words.begin(), words.end(), [&](const CompareWord& word) {
    return word.key.starts_with(with) && word.key.size() <= with.size() + kLongestInflection;
  });
}

}  // namespace

Finding find_opposite(const Comparison& comparison) {
  const CompareWords& said = comparison.said.words;
  const CompareWords& got = comparison.got.words;
  for (const CompareWord& word : got) {
    const auto* opposites =
        word.kind == CompareWord::Kind::word ? comparison.language.opposites().of(word.key) : nullptr;
    if (opposites == nullptr) continue;
    const bool was_said = std::any_of(said.begin(), said.end(), [&](const CompareWord& other) {
      return alike(word, other, comparison.language);
    });
    const bool is_opposite = std::any_of(
        opposites->begin(), opposites->end(),
        [&](const std::string& opposite) { return begins(said, opposite) && !begins(got, opposite); });
    if (!was_said && is_opposite)
      return Fault{VerifyReason::negation,
                   quoted(comparison.got, word) + " is the opposite of what was said"};
  }
  return std::nullopt;
}

}  // namespace diktate
