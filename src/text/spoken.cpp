#include "text/spoken.h"

#include "text/commas.h"
#include "text/number_words.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr WordClasses kBeginsAnew = classes(
    WordClass::pronoun, WordClass::verb, WordClass::article, WordClass::opener, WordClass::conjunction,
    WordClass::question, WordClass::auxiliary, WordClass::be, WordClass::possessive, WordClass::preposition,
    WordClass::demonstrative, WordClass::weekday, WordClass::imperative);

// "in the long period": from the command back over adjectives to a word that must be followed by a noun.
bool is_noun(const Rewriter& at) {
  std::size_t back = 0;
  while (at.before(back).is(classes(WordClass::adjective)) &&
         !at.before(back).is(classes(WordClass::never_last))) {
    ++back;
  }
  return at.before(back).is(classes(WordClass::never_last));
}

// "in this period, sales grew": a full stop would not be followed by a comma.
bool is_pointed_at(const Rewriter& at, const Phrase& command, const Token& next) {
  const bool full_stop = command.value == "." && command.words.size() == 1;
  return full_stop && next.is_mark(",") && !next.fixed && at.before().is(classes(WordClass::demonstrative)) &&
         at.before(1).is(classes(WordClass::preposition));
}

bool is_subject(const Token& token) { return token.is(classes(WordClass::pronoun)); }

// A mark needs something to close.
bool closes_something(const Rewriter& at) {
  return !at.before().is_end() && at.now().gap < Gap::line && !is_opening_mark(at.before());
}

// "tres coma cinco": the mark is a word of the number.
bool is_decimal(const Rewriter& at, const Token& next) {
  return (at.now().entry->groups & groups(PhraseGroup::decimal)) != 0 && is_number(at.before()) &&
         is_number(next);
}

// Something like "he slash she": both are of one kind.
bool joins(const Rewriter& at, const Token& next) {
  const bool drive = at.before().is_mark(":") && at.before().fixed;  // "c:\temp"
  if ((!at.before().is_word() && !drive) || is_break(next)) return false;
  const Token& verb = at.now();
  if (is_subject(at.before()) && verb.is(classes(WordClass::verb))) return is_subject(next);
  return !next.is(classes(WordClass::article, WordClass::possessive)) ||
         at.before().is(classes(WordClass::article));
}

// "we dash I mean", but "we dash home"
bool stands_alone(const Rewriter& at, const Token& next) {
  return !next.is_end() && (!is_subject(at.before()) || is_subject(next));
}

// "call caps anna", but "a salary cap in"
bool capitalises(const Rewriter& at, const Token& next) {
  constexpr WordClasses kNotNames =
      classes(WordClass::preposition, WordClass::be, WordClass::auxiliary, WordClass::conjunction,
              WordClass::article, WordClass::pronoun, WordClass::negation);
  if (is_break(next) || next.is(kNotNames)) return false;
  return is_break(at.before()) || at.before().is(classes(WordClass::verb, WordClass::conjunction,
                                                         WordClass::be, WordClass::imperative));
}

// "data no space base", but "there is no space for it"
bool removes_space(const Rewriter& at, const Token& next) {
  constexpr WordClasses kNoPart = classes(WordClass::be, WordClass::auxiliary, WordClass::conjunction,
                                          WordClass::article, WordClass::quantity, WordClass::preposition);
  constexpr WordClasses kSentence = classes(
      WordClass::be, WordClass::auxiliary, WordClass::verb, WordClass::preposition, WordClass::conjunction,
      WordClass::article, WordClass::pronoun, WordClass::quantity, WordClass::possessive);
  if (!at.before().is_word() || is_break(next) || next.is(kNoPart)) return false;
  if (at.before().is(classes(WordClass::preposition))) return !next.is(kSentence);  // "in no space box"
  return !at.before().is(kSentence);
}

// "scratch that", but not "I need to scratch that itch" or "please delete that file". What is often meant, as
// in "select the row and delete that" and "if it is empty, delete that", is a command only where nothing
// joins it to what was before.
bool takes_back(const Rewriter& at, const Phrase& command) {
  constexpr WordClasses kJoins = classes(WordClass::conjunction, WordClass::link, WordClass::opener,
                                         WordClass::softener, WordClass::padding);
  const bool joined = at.before().is_mark(",") || at.before().is(kJoins);
  if (joined && command.value.starts_with("joined to nothing")) return false;
  const Token& next = at.now(command.words.size());
  constexpr WordClasses kGoverns =
      classes(WordClass::pronoun, WordClass::auxiliary, WordClass::verb, WordClass::negation,
              WordClass::never_last, WordClass::be, WordClass::polite);
  const bool to = at.before().is(classes(WordClass::infinitive));
  if (!is_break(at.before()) && (to || at.before().is(kGoverns))) return false;
  return is_break(next) || next.is(kBeginsAnew) || at.before().fixed ||
         match_phrase(at, kCommands, command.words.size()) != nullptr;
}

}  // namespace

bool is_command(const Rewriter& at, const Phrase& command) {
  const Token& next = at.now(command.words.size());
  for (std::size_t i = 0; i < command.words.size(); ++i) {
    if (is_all_upper(at.now(i).text)) return false;  // written by "all caps"
  }
  const bool alone = is_break(at.before()) && is_break(next) && !at.before().is_end();
  if (!alone && (is_noun(at) || is_pointed_at(at, command, next))) return false;
  switch (command.group) {
    case PhraseGroup::mark:
    case PhraseGroup::close:
      return closes_something(at) && !is_decimal(at, next);
    case PhraseGroup::join:
      return joins(at, next);
    case PhraseGroup::open:
      return !next.is_end();
    case PhraseGroup::sign:
    case PhraseGroup::prefix:
      return stands_alone(at, next);
    case PhraseGroup::casing:
      if (command.value == "next name")
        return !is_break(next) && !at.before().is(classes(WordClass::preposition));
      return command.value != "next" || capitalises(at, next);
    case PhraseGroup::no_space:
      return removes_space(at, next);
    case PhraseGroup::take_back:
      return takes_back(at, command);
    default:
      return true;
  }
}

}  // namespace diktate
