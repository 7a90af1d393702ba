#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>

#include "text/unicode.h"
#include "text/verify_checks.h"

namespace diktate {
namespace {

constexpr std::size_t kFewest = 4;        // words from which a language can be told
constexpr double kShareSpoken = 0.25;     // share of the small words in a text that is in the language
constexpr double kShareForeign = 0.1;     // and in one that is not
constexpr std::size_t kWordsForeign = 6;  // of which one is a small word of another language
constexpr char32_t kFirstBeyondLatin = 0x370;

double share_of_small_words(const ReadText& text, const Language& language) {
  std::size_t words = 0, small = 0;
  for (const Token& token : text.tokens) {
    if (!token.is_word() || has_digit(token.text)) continue;
    ++words;
    const Entry* entry = language.find(token.folded);
    small += entry != nullptr && (entry->classes & kGrammarWords) != 0 ? 1 : 0;
  }
  return words < kFewest ? -1 : static_cast<double>(small) / static_cast<double>(words);
}

// Of the words of any class.
bool knows_few(const ReadText& text) {
  const auto known = std::count_if(text.words.begin(), text.words.end(), [&](const CompareWord& word) {
    return word.entry != nullptr && (word.entry->classes != 0 || word.is_digit());
  });
  return text.words.size() > kFewest && static_cast<std::size_t>(known) * 4 < text.words.size();
}

// Small words of languages that are neither, and that were not said; in a translation also those that were.
bool is_foreign(const Comparison& comparison) {
  std::unordered_set<std::string_view> said;
  if (comparison.options.style != VerifyStyle::translate) {
    for (const Token& token : comparison.said.tokens) said.insert(token.folded);
  }
  std::size_t words = 0, foreign = 0;
  for (const Token& token : comparison.got.tokens) {
    if (!token.is_word()) continue;
    ++words;
    const Entry* entry = comparison.got_language.find(token.folded);
    const bool listed = entry != nullptr && (entry->classes & classes(WordClass::foreign)) != 0;
    foreign += listed && said.count(token.folded) == 0 ? 1 : 0;
  }
  if (words <= kFewest) return foreign > 0 && foreign * 3 >= words;
  return foreign >= 2 && foreign * kWordsForeign >= words;
}

bool has_other_script(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Character character = first_character(text.substr(at));
    if (character.code >= kFirstBeyondLatin && is_letter(character.code) && character.code < 0x1F000 &&
        !(character.code >= 0x1E00 && character.code < 0x2C00))
      return true;
    at += character.size;
  }
  return false;
}

bool is_same(const Comparison& comparison) {
  const CompareWords& said = comparison.said.words;
  const CompareWords& got = comparison.got.words;
  return said.size() == got.size() && said.size() > 1 &&
         std::equal(
             said.begin(), said.end(), got.begin(),
             [](const CompareWord& one, const CompareWord& other) { return one.ids[0] == other.ids[0]; });
}

// Three words in a row as they were said, with one that only the spoken language has: "... and the door is
// open".
bool is_half_translated(const Comparison& comparison) {
  constexpr WordClasses kClause =
      classes(WordClass::be, WordClass::auxiliary, WordClass::pronoun, WordClass::conjunction);
  std::unordered_set<std::string> runs;
  const auto& said = comparison.said.tokens;
  const auto run = [](const Tokens& tokens, std::size_t i) {
    return tokens[i].folded + ' ' + tokens[i + 1].folded + ' ' + tokens[i + 2].folded;
  };
  for (std::size_t i = 0; i + 3 <= said.size(); ++i) runs.insert(run(said, i));
  const auto& got = comparison.got.tokens;
  for (std::size_t i = 0; i + 3 <= got.size(); ++i) {
    if (runs.count(run(got, i)) == 0) continue;
    for (std::size_t at = i; at < i + 3; ++at) {
      const Entry* own = comparison.language.find(got[at].folded);
      const Entry* other = comparison.got_language.find(got[at].folded);
      const bool clause = own != nullptr && (own->classes & kClause) != 0;
      if (clause && (other == nullptr || (other->classes & kGrammarWords) == 0)) return true;
    }
  }
  return false;
}

Finding find_untranslated(const Comparison& comparison) {
  const Fault same = {VerifyReason::language, "it is not translated"};
  if (is_same(comparison) || is_half_translated(comparison)) return same;
  const double own = share_of_small_words(comparison.got, comparison.language);
  if (own < 0) return std::nullopt;
  if (comparison.options.into == nullptr) {
    if (own >= kShareSpoken) return same;
    return std::nullopt;
  }
  const double wanted = share_of_small_words(comparison.got, comparison.got_language);
  if (own > wanted) return same;
  if (wanted < kShareForeign && own < kShareForeign && knows_few(comparison.got))
    return Fault{VerifyReason::language, "it is in neither language"};
  return std::nullopt;
}

}  // namespace

Finding find_other_language(const Comparison& comparison) {
  if (has_other_script(comparison.got.text) && !has_other_script(comparison.said.text))
    return Fault{VerifyReason::language, "it is written in other letters"};
  if (is_foreign(comparison)) return Fault{VerifyReason::language, "it is in another language"};
  if (comparison.options.style == VerifyStyle::translate) return find_untranslated(comparison);
  const double said = share_of_small_words(comparison.said, comparison.language);
  const double got = share_of_small_words(comparison.got, comparison.language);
  const auto& matches = comparison.alignment.got;
  const auto known = static_cast<std::size_t>(
      std::count_if(matches.begin(), matches.end(), [](std::size_t match) { return match != kUnmatched; }));
  const bool foreign =
      said >= kShareSpoken && got >= 0 && got <= kShareForeign + 0.05 && known * 3 <= matches.size();
  const bool wholly = said < 0 && got >= 0 && got <= kShareForeign && known == 0;
  if (foreign || wholly) return Fault{VerifyReason::language, "it is in another language"};
  return std::nullopt;
}

}  // namespace diktate
