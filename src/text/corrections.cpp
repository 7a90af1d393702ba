// The speaker takes something back and says it anew: "on Tuesday, no wait, Wednesday". What comes after the
// marker must be of the same kind as something shortly before it; otherwise the marker is speech.
#include <string_view>

#include "text/commas.h"
#include "text/rules.h"
#include "text/taken_back.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::string_view kCorrectionRule = "correction";

// The words of a phrase from `now(from)` on, with commas between them allowed; the number of tokens, or 0.
std::size_t length_with_commas(const Rewriter& at, std::size_t from, const Phrase& phrase) {
  std::size_t next = from;
  for (std::size_t i = 0; i < phrase.words.size(); ++i) {
    if (i > 0 && at.now(next).is_mark(",")) ++next;
    if (!at.now(next).is_word(phrase.words[i]) || at.now(next).fixed || at.now(next).gap >= Gap::line)
      return 0;
    ++next;
  }
  return next - from;
}

// What the phrase says as a marker. "Scratch that" is one where the rule of commands has left it: before a
// number it takes back a number.
bool marks(const Phrase& phrase) {
  return phrase.group == PhraseGroup::correction ||
         (phrase.group == PhraseGroup::take_back && phrase.value == "sentence");
}

// The marker that begins with the next token, or after the comma that is the next token.
CorrectionMarker marker_at(const Rewriter& at) {
  constexpr PhraseGroups kMarkers = groups(PhraseGroup::correction, PhraseGroup::take_back);
  const std::size_t from = at.now().is_mark(",") ? 1 : 0;
  const Token& first = at.now(from);
  if (first.entry == nullptr || first.fixed || (first.entry->groups & kMarkers) == 0) return {};
  for (const Phrase& phrase : first.entry->phrases) {
    const std::size_t length = marks(phrase) ? length_with_commas(at, from, phrase) : 0;
    if (length == 0) continue;
    const bool mark_after = at.now(from + length).is_mark(",");
    return {.tokens = from + length + (mark_after ? 1 : 0),
            .strong = phrase.value == "strong",
            .of_a_kind = phrase.group == PhraseGroup::take_back,
            .set_off = from > 0 && mark_after};
  }
  return {};
}

// Puts what is said anew in the place of what is taken back.
void correct(Rewriter& at, const CorrectionMarker& marker, const TakenBack& back) {
  const Token& first = at.before(back.tokens - 1);
  const Gap gap = first.gap;
  const bool capital = starts_upper(first.text) && starts_sentence(at.before(back.tokens));
  const std::size_t place = at.written() - back.tokens;
  if (back.kept == 0) {
    at.take_back(back.tokens, kCorrectionRule);
  } else {
    for (std::size_t i = back.kept; i < back.tokens; ++i) at.erase(place, kCorrectionRule);
  }
  at.drop(marker.tokens, kCorrectionRule);
  at.next().gap = gap;
  if (capital) at.next().text = capitalised(at.next().text);
  if (back.kept == 0) return;
  at.keep(back.said);
  at.move_back(back.said, place);
}

// "My wife, or rather ex-wife, called": the second comma goes with the first one.
void close_up(Rewriter& at) {
  constexpr std::size_t kReach = 4;  // words said anew
  constexpr WordClasses kGoesOn =
      classes(WordClass::be, WordClass::auxiliary, WordClass::verb, WordClass::infinitive);
  std::size_t words = 0;
  while (words < kReach && at.now(words).is_word()) ++words;
  if (!at.now(words).is_mark(",") || !at.now(words + 1).is(kGoesOn)) return;
  at.keep(words);
  at.drop(1, kCorrectionRule);
}

}  // namespace

void apply_corrections(Tokens& tokens, const RuleContext& context) {
  Rewriter at(tokens, context.log);
  while (!at.at_end()) {
    if (const Phrase* speech = match_phrase(at, groups(PhraseGroup::not_correction))) {
      at.keep(speech->words.size());
      continue;
    }
    const CorrectionMarker marker = marker_at(at);
    const TakenBack back = marker ? taken_back(at, marker, context.language) : TakenBack{};
    if (!back) {
      at.keep();
      continue;
    }
    const bool comma = at.now().is_mark(",");
    correct(at, marker, back);
    if (comma && back.kept == 0) close_up(at);
  }
}

}  // namespace diktate
