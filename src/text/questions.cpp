#include <algorithm>

#include "text/verify_checks.h"

namespace diktate {
namespace {

constexpr WordClasses kOpensSubject =
    classes(WordClass::pronoun, WordClass::article, WordClass::possessive, WordClass::demonstrative);

bool has_mark(const ReadText& text, std::string_view mark) {
  return std::any_of(text.tokens.begin(), text.tokens.end(),
                     [&](const Token& token) { return token.is_mark(mark); });
}

// "did Carla", "is the", "is anyone": a verb in front of its subject. Not "was great", "has been".
bool asks_yes_or_no(const CompareWords& words) {
  const std::size_t first = first_word(words);
  constexpr WordClasses kNoSubject =
      kNegations | classes(WordClass::be, WordClass::auxiliary, WordClass::adjective, WordClass::intensifier,
                           WordClass::preposition, WordClass::verb);
  return first + 1 < words.size() && words[first].is(classes(WordClass::inquiry)) &&
         (words[first + 1].is(kOpensSubject) || !words[first + 1].is(kNoSubject));
}

// "where is", "how many", and with `requests` also "is it", "can you": the word order of a question.
bool asks(const CompareWords& words, bool requests) {
  const std::size_t first = first_word(words);
  if (first + 1 >= words.size()) return false;
  const CompareWord& word = words[first];
  const CompareWord& next = words[first + 1];
  constexpr WordClasses kVerb = classes(WordClass::be, WordClass::auxiliary);
  if (word.is(classes(WordClass::question))) {
    if (next.is(kVerb)) return true;
    constexpr WordClasses kNoQuestion =
        kOpensSubject | classes(WordClass::preposition, WordClass::object, WordClass::conjunction);
    return !word.is(classes(WordClass::conjunction)) && !next.is(kNoQuestion);
  }
  if (asks_yes_or_no(words)) return true;
  if (!requests) return false;
  // "me puedes decir"
  if (word.is(classes(WordClass::object)) && word.is(classes(WordClass::self)) &&
      next.is(classes(WordClass::request)) && !next.is(classes(WordClass::self)))
    return true;
  if (word.is(classes(WordClass::be))) return !word.is(classes(WordClass::pronoun)) && next.is(kOpensSubject);
  return word.is(classes(WordClass::auxiliary)) && next.is(classes(WordClass::pronoun));
}

}  // namespace

// Not "hey", "so", "um".
std::size_t first_word(const CompareWords& words) {
  constexpr WordClasses kOpening = classes(WordClass::opener, WordClass::hesitation, WordClass::padding);
  std::size_t first = 0;
  while (first + 1 < words.size() && words[first].is(kOpening) &&
         !words[first].is(classes(WordClass::be, WordClass::auxiliary, WordClass::question)))
    ++first;
  return first;
}

bool is_question(const Comparison& comparison) {
  // "Can you write" is an order in a prompt.
  const bool prompt = comparison.options.style == VerifyStyle::prompt;
  return (has_mark(comparison.said, "?") && !prompt) || asks(comparison.said.words, !prompt);
}

bool has_task(const CompareWords& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool ordered =
        words[i].placed || (i > 0 && words[i - 1].is(classes(WordClass::request, WordClass::infinitive)));
    if (ordered && words[i].is(classes(WordClass::task, WordClass::imperative))) return true;
  }
  return false;
}

bool still_asks(const Comparison& comparison) {
  const CompareWords& asked = comparison.said.words;
  if (asked.empty()) return has_mark(comparison.got, "?");
  // Only a request may be translated as an order.
  const bool request = !asks(asked, false) && !asked[first_word(asked)].is(classes(WordClass::be));
  if (comparison.options.style == VerifyStyle::translate && !request) return has_mark(comparison.got, "?");
  const CompareWords& words = comparison.got.words;
  if (comparison.options.style == VerifyStyle::prompt && has_task(words)) return true;
  const auto has = [&](WordClasses kind) {
    return std::any_of(words.begin(), words.end(), [&](const CompareWord& word) { return word.is(kind); });
  };
  // "Please be advised that it is closed" asks nothing.
  const bool whether = !asks_yes_or_no(asked) || has(classes(WordClass::whether, WordClass::question));
  return has_mark(comparison.got, "?") || (has(classes(WordClass::request)) && whether);
}

bool begins_like_question(const Comparison& comparison) {
  const CompareWords& said = comparison.said.words;
  const CompareWords& got = comparison.got.words;
  if (said.empty() || got.empty()) return false;
  return has_mark(comparison.got, "?") || asks(got, true) ||
         alike(said[first_word(said)], got[first_word(got)], comparison.language);
}

bool became_question(const Comparison& comparison) {
  const CompareWords& said = comparison.said.words;
  const CompareWords& got = comparison.got.words;
  if (said.empty() || got.empty() || is_question(comparison) || !asks(got, true)) return false;
  return !alike(said[first_word(said)], got[first_word(got)], comparison.language);
}

bool is_obeyed(const Comparison& comparison) {
  const CompareWords& said = comparison.said.words;
  const CompareWords& got = comparison.got.words;
  if (said.empty() || got.empty()) return false;
  const CompareWord& order = said[first_word(said)];
  const CompareWord& done = got[first_word(got)];
  return order.is(classes(WordClass::imperative)) && done.key.size() > order.key.size() + 1 &&
         done.key.starts_with(order.key);
}

}  // namespace diktate
