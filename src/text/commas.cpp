#include "text/commas.h"

namespace diktate {
namespace {

// Words after which no comma is wanted where a clause merely halts.
constexpr WordClasses kNoClauseEnd =
    classes(WordClass::pronoun, WordClass::article, WordClass::possessive, WordClass::preposition,
            WordClass::be, WordClass::auxiliary, WordClass::conjunction, WordClass::negation,
            WordClass::intensifier, WordClass::verb);

bool is_comma(const Token& token) { return token.is_mark(","); }

// Whether one comma stays between `word` (with `before_it` before) and `next`.
bool needs_comma(const Token& before_it, const Token& word, const Token& next) {
  if (!word.is_word() || !next.is_word()) return false;
  if (word.is(classes(WordClass::opener)) && starts_sentence(before_it)) return true;
  return next.is(classes(WordClass::pronoun, WordClass::link)) && !word.is(kNoClauseEnd);
}

}  // namespace

bool starts_sentence(const Token& before) {
  return before.is_end() || ends_sentence(before) || is_opening_mark(before);
}

bool leaves_sentence_open(std::string_view before) {
  while (!before.empty() && (before.back() == ' ' || before.back() == '\t')) before.remove_suffix(1);
  if (before.empty() || before.back() == '\n') return false;
  while (!before.empty() && (before.back() == '"' || before.back() == ')' || before.back() == '\'')) {
    before.remove_suffix(1);
  }
  return before.empty() || (before.back() != '.' && before.back() != '?' && before.back() != '!');
}

bool is_ellipsis(const Token& token) { return token.is_mark("…") || token.is_mark("..."); }

void drop_with_commas(Rewriter& at, std::size_t count, std::string_view rule) {
  const bool comma_before = is_comma(at.before());
  const Token& after = at.now(count);
  const bool mark_after = is_comma(after) || is_ellipsis(after);
  const bool starts = starts_sentence(at.before()) || at.now().gap >= Gap::line;
  if (mark_after) ++count;
  const Token& next = at.now(count);
  if (starts && ends_sentence(next)) ++count;  // it was all that the sentence had
  at.drop(count, rule);
  if (starts || !(comma_before || mark_after)) return;
  const std::size_t word = comma_before ? 1 : 0;
  const bool keeps = needs_comma(at.before(word + 1), at.before(word), at.now());
  if (comma_before && !keeps) at.take_back(1, rule);
  if (!comma_before && keeps) at.write(make_mark(","));
}

}  // namespace diktate
