#include <algorithm>
#include <unordered_set>

#include "text/rewriter.h"
#include "text/verify_checks.h"

namespace diktate {
namespace {

constexpr double kLittle = 0.35;       // kept of what was said, where "I" may be the model
constexpr std::size_t kNearStart = 8;  // words in which an order must stand

bool has(const CompareWords& words, WordClasses wanted) {
  return std::any_of(words.begin(), words.end(), [&](const CompareWord& word) { return word.is(wanted); });
}

// The verb of an order: "write", also in "can you write" and "I want you to write". kUnmatched for none.
std::size_t ordered_task(const CompareWords& words) {
  constexpr WordClasses kAround = classes(WordClass::pronoun, WordClass::object, WordClass::auxiliary,
                                          WordClass::infinitive, WordClass::request, WordClass::verb);
  bool speaker = false;  // "I need to write" is no order, "I need you to write" is
  std::size_t at = first_word(words);
  for (const std::size_t end = std::min(words.size(), at + kNearStart); at < end; ++at) {
    if (words[at].is(classes(WordClass::listener))) speaker = false;
    if (words[at].is(classes(WordClass::self))) speaker = true;
    // "Write it down" asks for no text.
    const bool thing = at + 1 < words.size() && words[at + 1].is(classes(WordClass::pronoun)) &&
                       !words[at + 1].is(classes(WordClass::self));
    if (words[at].is(classes(WordClass::task))) return thing || speaker ? kUnmatched : at;
    if (!words[at].is(kAround)) break;
  }
  return kUnmatched;
}

// "mándame": an order to do something for the speaker.
bool orders(const CompareWords& words, const Tokens& tokens) {
  const std::size_t first = first_word(words);
  if (first + 1 >= words.size()) return false;
  const std::string& text = tokens[words[first].token].folded;
  const bool accented =
      std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (accented && words[first].key.ends_with("me") && words[first].key.size() > 4) return true;
  const CompareWord& next = words[first + 1];
  return words[first].is(classes(WordClass::imperative)) && words[first].is(classes(WordClass::verb)) &&
         next.is(classes(WordClass::object)) && next.is(classes(WordClass::self));
}

// "Of course, I will ...", to someone who said no such thing.
bool agrees(const Comparison& comparison) {
  const Tokens& tokens = comparison.got.tokens;
  const Phrase* phrase = match_phrase(tokens, 0, groups(PhraseGroup::preface));
  if (phrase == nullptr || phrase->value != "word") return false;
  const std::size_t next = phrase->words.size();
  return next < tokens.size() && tokens[next].is_mark();
}

// It is put to somebody: a "please", a "could". A "request" that "was received" is none.
bool is_put_to_somebody(const Comparison& comparison) {
  const CompareWords& words = comparison.got.words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].is(classes(WordClass::request))) continue;
    const bool noun = i + 1 < words.size() && words[i + 1].is(classes(WordClass::be, WordClass::auxiliary));
    const bool told = i > 0 && words[i - 1].is(classes(WordClass::infinitive));  // "pleased to inform you"
    if (!noun && !told) return true;
  }
  const Tokens& tokens = comparison.got.tokens;
  return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) { return token.is_mark("?"); });
}

// "I want to cancel" became "your account was cancelled": the speaker is spoken to.
bool turns_round(const Comparison& comparison, double kept) {
  const CompareWords& said = comparison.said.words;
  const CompareWords& got = comparison.got.words;
  if (kept < kLittle && !has(said, classes(WordClass::self, WordClass::listener)))
    return has(got, classes(WordClass::self)) && has(got, classes(WordClass::listener));
  return has(said, classes(WordClass::self)) && !has(said, classes(WordClass::listener)) &&
         has(got, classes(WordClass::listener)) && (kept < kLittle || !has(got, classes(WordClass::self)));
}

// "My order" became "your order".
bool gives_away(const Comparison& comparison) {
  const auto owned = [](const CompareWords& words, WordClass by) {
    std::unordered_set<int> ids;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      const bool owner = words[i].is(classes(WordClass::possessive)) && words[i].is(classes(by));
      if (owner && is_content(words[i + 1])) ids.insert(words[i + 1].ids[0]);
    }
    return ids;
  };
  const auto own = owned(comparison.said.words, WordClass::self);
  const auto others = owned(comparison.said.words, WordClass::listener);
  const auto given = owned(comparison.got.words, WordClass::listener);
  return std::any_of(given.begin(), given.end(),
                     [&](int id) { return own.count(id) != 0 && others.count(id) == 0; });
}

}  // namespace

Finding find_answer(const Comparison& comparison, double kept) {
  const CompareWords& said = comparison.said.words;
  const CompareWords& got = comparison.got.words;
  const bool prompt = comparison.options.style == VerifyStyle::prompt;
  const Fault obeyed = {VerifyReason::answer, "the order was obeyed"};
  if (ordered_task(said) != kUnmatched && !has(got, classes(WordClass::task)) && !(prompt && has_task(got)))
    return obeyed;
  if (prompt) return std::nullopt;
  const bool order = orders(said, comparison.said.tokens);
  if (order && agrees(comparison)) return obeyed;
  const CompareWord& first = got[first_word(got)];
  const bool goes_on = first.is(classes(WordClass::imperative)) || has(got, classes(WordClass::listener));
  if (order && !goes_on && !still_asks(comparison)) return obeyed;
  const bool turned = turns_round(comparison, kept) && !is_put_to_somebody(comparison);
  if (turned || gives_away(comparison)) return Fault{VerifyReason::answer, "it speaks to the speaker"};
  return std::nullopt;
}

}  // namespace diktate
