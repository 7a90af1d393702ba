#include "text/number_labels.h"

#include <string>

#include "text/amounts.h"
#include "text/number_format.h"
#include "text/quantities.h"

namespace diktate {
namespace {

// "we number five", "the page two people wrote": no label. `label` says what may stand before it.
bool is_named(const Rewriter& at, const Phrase& label) {
  const Token& before = at.before();
  if (before.is(classes(WordClass::pronoun)) && !before.is(classes(WordClass::be))) return false;
  return label.value == "any" ||
         !before.is(classes(WordClass::article, WordClass::demonstrative, WordClass::possessive));
}

// The number at `now(ahead)`, if it can be a name: "three", but not the one of "three times".
Amount naming_number(const Rewriter& at, const Language& language, std::size_t ahead) {
  if (!follows(at.now(ahead))) return {};
  Amount amount = read_amount(at, language, ahead);
  if (!amount || !amount.alone || amount.fraction || !amount.scale.empty()) return {};
  const Token& after = at.now(ahead + amount.tokens);
  if (follows(after) && after.is(classes(WordClass::counted))) return {};
  return read_quantity(at, amount, ahead) ? Amount{} : amount;
}

void write_name(Rewriter& at, const Language& language, const Amount& number) {
  std::string text = number.figures;
  // A name is not grouped: "page 1200".
  if (number.in_words && number.whole()) text = std::to_string(number.value);
  at.replace(number.tokens, "number", fixed_words(text, language));
}

// How many tokens join one name to the next: "and", "to", a comma, a comma and "and"; 0 for none.
std::size_t joint_length(const Rewriter& at, std::size_t ahead) {
  std::size_t length = at.now(ahead).is_mark(",") ? 1 : 0;
  if (!follows(at.now(ahead + length))) return length;
  const Phrase* joint = match_phrase(at, groups(PhraseGroup::range), ahead + length);
  return joint == nullptr ? length : length + joint->words.size();
}

// "pages three and four": the first of them does not name alone ("in the last rows three people sat").
bool more_follow(const Rewriter& at, const Language& language, std::size_t ahead) {
  const std::size_t joint = joint_length(at, ahead);
  return joint > 0 && naming_number(at, language, ahead + joint);
}

}  // namespace

bool write_label(Rewriter& at, const Language& language) {
  const Phrase* label = match_phrase(at, groups(PhraseGroup::label));
  if (label == nullptr || !is_named(at, *label)) return false;
  const std::size_t words = label->words.size();
  Amount number = naming_number(at, language, words);
  if (!number) return false;
  const bool many = label->value == "many";
  if (many && !more_follow(at, language, words + number.tokens)) return false;
  at.keep(words);
  write_name(at, language, number);
  while (many && more_follow(at, language, 0)) {
    at.keep(joint_length(at, 0));
    write_name(at, language, naming_number(at, language, 0));
  }
  return true;
}

}  // namespace diktate
