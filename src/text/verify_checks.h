// The parts of verify(): what they look at, and what each finds wrong.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "text/alignment.h"
#include "text/compare.h"
#include "text/phrase_search.h"
#include "text/verify.h"

namespace diktate {

inline constexpr WordClasses kGrammarWords =
    classes(WordClass::article, WordClass::pronoun, WordClass::object, WordClass::possessive,
            WordClass::demonstrative, WordClass::preposition, WordClass::conjunction, WordClass::be,
            WordClass::auxiliary);

inline constexpr WordClasses kNegations = classes(WordClass::negation, WordClass::denial);

struct Fault {
  VerifyReason reason{};
  std::string sentence;
};
using Finding = std::optional<Fault>;

// A text, read.
struct ReadText {
  std::string_view text;
  Tokens tokens;
  CompareWords words;
};

// What was said, and what came back without what is around it.
struct Comparison {
  const Language& language;      // of what was said
  const Language& got_language;  // of the result
  const VerifyOptions& options;
  ReadText said;
  ReadText got;
  Alignment alignment;        // not of a translation
  std::vector<bool> excused;  // said words that cleanup may leave out: fillers, commands, what was taken back
  std::vector<bool> taken_back;  // of these, what the speaker corrected
};

// excuses.cpp: fills in `excused` and `taken_back`, from the words said and what became of them.
void find_excuses(Comparison& comparison);

// talk.cpp: refusals, talk about the task, echoes. On plain text, before any comparison.
Finding find_talk(std::string_view got, const Said& said, const std::vector<const Language*>& languages,
                  const VerifyOptions& options);
// talk.cpp: JSON or code where none was said.
Finding find_schema(std::string_view got, std::string_view said);

// tongues.cpp
Finding find_other_language(const Comparison& comparison);

// faithful.cpp: the standard style. Also measures.
Finding find_unfaithful(const Comparison& comparison, Verdict& measures);

// rewritten.cpp: professional and prompt.
Finding find_unlike(const Comparison& comparison, Verdict& measures);
Finding find_mistranslated(const Comparison& comparison, Verdict& measures);

// translated.cpp: what is in one of the two languages and not in the other, as far as a table knows.
Finding find_other_content(const Comparison& comparison);

// figures.cpp: numbers that are new or lost, wherever they stand.
Finding find_other_figures(const Comparison& comparison);

// answers.cpp: what a rewriting model did instead: it answered, or did as it was told. `kept` as in Verdict.
Finding find_answer(const Comparison& comparison, double kept);

// opposites.cpp: "closed" became "open". Where no negation was lost or added.
Finding find_opposite(const Comparison& comparison);

// negations.cpp: in other words, or in another language.
Finding find_other_negation(const Comparison& comparison);
bool denies(const Comparison& comparison);  // what was said

// questions.cpp
std::size_t first_word(const CompareWords& words);        // the first one that is more than an opening one
bool is_question(const Comparison& comparison);           // what was said
bool has_task(const CompareWords& words);                 // an order: "Explain ..."
bool still_asks(const Comparison& comparison);            // the result is one, or politely worded
bool begins_like_question(const Comparison& comparison);  // the result has the first words of what was said

bool is_obeyed(const Comparison& comparison);        // "open it" became "opening it"
bool became_question(const Comparison& comparison);  // of what was none, in the order of its words

// "'Monday' was not said": the word as it stands in the text.
std::string quoted(const ReadText& text, const CompareWord& word);
bool is_content(const CompareWord& word);

}  // namespace diktate
