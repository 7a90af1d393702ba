#include <string_view>

#include "text/commas.h"
#include "text/rules.h"

namespace diktate {
namespace {

constexpr std::string_view kFillerRule = "filler";
constexpr PhraseGroups kFiller = groups(PhraseGroup::filler);

// What a filler's value in the language's table says of where it is one:
//   comma    between commas            opening  before a comma at the start of a sentence
//   clause   also without commas, after a form of be or a conjunction
//   degree   also without commas, between a form of be or an article and a word of degree
bool stands(const Phrase& filler, std::string_view where) {
  return filler.value.find(where) != std::string::npos;
}

// "If you know, you know."
bool said_before(const Rewriter& at, const Phrase& filler) {
  const std::size_t words = filler.words.size();
  for (std::size_t i = 0; i < words; ++i) {
    if (!at.before(words - i).is_word(filler.words[i])) return false;
  }
  return true;
}

bool set_off(const Rewriter& at, const Phrase& filler) {
  const Token& after = at.now(filler.words.size());
  if (starts_sentence(at.before()) || at.now().gap >= Gap::line) {
    return after.is_mark(",") && stands(filler, "opening");
  }
  if (!at.before().is_mark(",") || said_before(at, filler)) return false;
  return stands(filler, "comma") && (after.is_mark(",") || ends_sentence(after));
}

// The subject of a clause and its verb.
bool begins_clause(const Rewriter& at, std::size_t ahead) {
  constexpr WordClasses kVerb = classes(WordClass::be, WordClass::auxiliary, WordClass::verb);
  return at.now(ahead).is(classes(WordClass::pronoun)) &&
         (at.now(ahead).is(kVerb) || at.now(ahead + 1).is(kVerb));
}

constexpr WordClasses kSubjectWord = classes(WordClass::pronoun, WordClass::demonstrative);

// "it was", "that's", "they could": the filler is no subject of a clause of its own, as in "the thing is you
// know her" and "what it was you know".
bool after_subject(const Rewriter& at, WordClasses verb) {
  if (!at.before().is(verb)) return false;
  const bool joined = at.before().is(kSubjectWord) || at.before().folded.find('\'') != std::string::npos;
  if (!joined && !at.before(1).is(kSubjectWord)) return false;
  const Token& first = at.before(joined ? 1 : 2);
  return !first.is(classes(WordClass::question, WordClass::conjunction, WordClass::quantity,
                           WordClass::auxiliary)) ||
         first.is(classes(WordClass::link));
}

// "the you know new one": a noun must come.
bool before_noun(const Rewriter& at) {
  constexpr WordClasses kAlsoObject = classes(WordClass::object, WordClass::after_verb);  // "we told her"
  const Token& word = at.before();
  const bool owner = word.is(classes(WordClass::possessive)) && word.is(classes(WordClass::never_last));
  return at.now().gap < Gap::line && (word.is(classes(WordClass::article)) || owner) && !word.is(kAlsoObject);
}

// Where the filler is one although the words could mean something: "it was you know a mess".
bool is_sure(const Rewriter& at, const Phrase& filler) {
  return stands(filler, "clause") && !is_break(at.now(filler.words.size())) &&
         (before_noun(at) || after_subject(at, classes(WordClass::be)));
}

// "we should you know talk", "we need to i mean talk": between a verb's parts.
bool parts_verb(const Rewriter& at, const Phrase& filler) {
  const Token& next = at.now(filler.words.size());
  if (!stands(filler, "clause") || is_break(next)) return false;
  if (!next.is(classes(WordClass::verb, WordClass::imperative)) || next.is(classes(WordClass::be)))
    return false;
  if (at.before().is(classes(WordClass::infinitive))) return at.before(1).is(classes(WordClass::verb));
  return at.before().is(classes(WordClass::auxiliary)) && !at.before().is(classes(WordClass::verb)) &&
         after_subject(at, classes(WordClass::auxiliary));
}

// "it was you know pretty good", "but you know we tried"
bool halts_clause(const Rewriter& at, const Phrase& filler) {
  if (!stands(filler, "clause")) return false;
  const std::size_t after = filler.words.size();
  if (is_break(at.now(after))) return false;
  if (is_sure(at, filler) || parts_verb(at, filler)) return true;
  const bool is_what = at.before(1).is(classes(WordClass::conjunction, WordClass::question)) ||
                       at.before(2).is(classes(WordClass::question));
  if (at.before().is(classes(WordClass::be)) && !is_what) return true;
  return at.before().is(classes(WordClass::link)) &&
         (begins_clause(at, after) || at.now(after).is(classes(WordClass::intensifier, WordClass::negation)));
}

// "it was like really cold", but "it is like so many others"
bool weakens(const Rewriter& at, const Phrase& filler) {
  if (!stands(filler, "degree")) return false;
  const std::size_t after = filler.words.size();
  if (!at.now(after).is(classes(WordClass::intensifier))) return false;
  if (at.now(after + 1).is(classes(WordClass::quantity, WordClass::article, WordClass::question)))
    return false;
  const bool verb = at.before().is(classes(WordClass::softener)) &&  // "I just like really spicy food"
                    at.before(1).is(classes(WordClass::pronoun)) && !at.before(1).is(classes(WordClass::be));
  if (verb) return false;
  return at.before().is(classes(WordClass::be, WordClass::link, WordClass::softener)) ||
         (before_noun(at) && !at.now(after + 1).is_end());
}

// Two fillers in a row: "you know like". The one that is sure of its place makes the other one sure.
bool beside_another(const Rewriter& at, const Phrase& filler) {
  const std::size_t after = filler.words.size();
  const Phrase* next = match_phrase(at, kFiller, after);
  if (next == nullptr || match_phrase(at, groups(PhraseGroup::not_filler), after) != nullptr) return false;
  return stands(filler, "clause") && (stands(*next, "clause") || stands(*next, "degree")) &&
         at.now(after + next->words.size()).is_word();
}

bool is_filler(const Rewriter& at, const Phrase& filler, bool after_another) {
  if (set_off(at, filler) || halts_clause(at, filler) || weakens(at, filler) || beside_another(at, filler)) {
    return true;
  }
  const bool bare = stands(filler, "clause") || stands(filler, "degree");
  return after_another && bare && at.now(filler.words.size()).is_word();
}

}  // namespace

void drop_fillers(Tokens& tokens, const RuleContext& context) {
  Rewriter at(tokens, context.log);
  bool after_another = false;
  while (!at.at_end()) {
    const Phrase* meant = match_phrase(at, groups(PhraseGroup::not_filler));
    const Phrase* filler = meant == nullptr || meant->value == "noun" ? match_phrase(at, kFiller) : nullptr;
    if (filler != nullptr && meant != nullptr && !is_sure(at, *filler)) filler = nullptr;
    if (filler != nullptr && is_filler(at, *filler, after_another)) {
      after_another = beside_another(at, *filler);
      drop_with_commas(at, filler->words.size(), kFillerRule);
    } else {
      after_another = false;
      at.keep(meant != nullptr ? meant->words.size() : 1);
    }
  }
}

}  // namespace diktate
