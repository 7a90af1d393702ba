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

// "was hard", but not "is it"
bool says_of_it(const Rewriter& at, std::size_t ahead) {
  return at.now(ahead).is(classes(WordClass::be, WordClass::auxiliary)) && !is_subject(at.now(ahead + 1));
}

// "waiting period applies", but not "I am waiting period call me"
bool is_span(const Rewriter& at, const Token& next) {
  constexpr WordClasses kNextSentence =
      classes(WordClass::pronoun, WordClass::article, WordClass::opener, WordClass::conjunction,
              WordClass::question, WordClass::possessive, WordClass::demonstrative, WordClass::imperative);
  return at.before().is(classes(WordClass::span)) && !is_break(next) && !next.is(kNextSentence);
}

// The words before the command begin the sentence: "in that period", "first period".
bool begins_sentence(const Rewriter& at) {
  return starts_sentence(at.before(1)) ||
         (at.before(1).is(classes(WordClass::preposition)) && starts_sentence(at.before(2)));
}

// "that period was hard", "first period math class"; "in this period, sales grew": a full stop would not be
// followed by a comma, nor stand after the first word of a sentence.
bool is_pointed_at(const Rewriter& at, const Phrase& command, const Token& next) {
  if (command.group != PhraseGroup::mark || command.words.size() > 1) return false;
  const std::size_t ahead = command.words.size();
  const bool full_stop = command.value == ".";
  const bool shown = at.before().is(classes(WordClass::demonstrative));
  const bool counted = full_stop && number_value(at.before().entry, NumberKind::ordinal) > 0;
  if (!shown && !counted) return full_stop && is_span(at, next);
  if (is_break(next)) {
    return full_stop && shown && next.is_mark(",") && !next.fixed &&
           at.before(1).is(classes(WordClass::preposition));
  }
  if (shown && says_of_it(at, ahead)) return true;
  if (!full_stop) return false;
  const bool marked = shown && match_phrase(at, groups(PhraseGroup::mark), ahead) != nullptr;
  return marked || begins_sentence(at) || (counted && !next.is(kBeginsAnew));
}

// A mark needs something to close: what is written, or what stands before the cursor.
bool closes_something(const Rewriter& at, std::string_view before) {
  return !(at.before().is_end() && before.empty()) && at.now().gap < Gap::line &&
         !is_opening_mark(at.before());
}

// "open paren close paren"
bool closes_at_once(const Rewriter& at, const Phrase& command) {
  const bool pair = (command.value == ")" && at.before().is_mark("(")) ||
                    (command.value == "]" && at.before().is_mark("[")) ||
                    (command.value == "}" && at.before().is_mark("{"));
  return pair && at.before().fixed && at.now().gap < Gap::line;
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
  const bool object = is_subject(at.before()) && at.before().is(classes(WordClass::after_verb)) &&
                      at.before(1).is(classes(WordClass::verb)) &&
                      !at.before(1).is(classes(WordClass::auxiliary));
  if (object && is_break(next)) return true;  // "thank you scratch that"
  if (!is_break(at.before()) && (to || at.before().is(kGoverns))) return false;
  return is_break(next) || next.is(kBeginsAnew) || at.before().fixed ||
         match_phrase(at, kCommands, command.words.size()) != nullptr;
}

}  // namespace

bool is_command(const Rewriter& at, const Phrase& command, std::string_view before) {
  const Token& next = at.now(command.words.size());
  for (std::size_t i = 0; i < command.words.size(); ++i) {
    if (is_all_upper(at.now(i).text)) return false;  // written by "all caps"
  }
  const bool alone = is_break(at.before()) && is_break(next) && !at.before().is_end();
  if (!alone && (is_noun(at) || is_pointed_at(at, command, next))) return false;
  switch (command.group) {
    case PhraseGroup::mark:
      return closes_something(at, before) && !is_decimal(at, next);
    case PhraseGroup::close:
      return closes_at_once(at, command) || (closes_something(at, {}) && !is_decimal(at, next));
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
