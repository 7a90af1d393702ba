#include <algorithm>
#include <string>
#include <string_view>

#include "text/commas.h"
#include "text/number_words.h"
#include "text/rules.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::string_view kRepeat = "repeat";
constexpr std::string_view kCutOff = "cutoff";
constexpr std::size_t kLongest = 4;        // words of a phrase that is looked for twice
constexpr std::size_t kSentenceReach = 6;  // words back in which the "what" of "what it is is" is looked for

bool is_plain_word(const Token& token) { return token.is_word() && !token.fixed && !is_number(token); }

// A phrase from `now(from)` on, said again and again: how many times, and how many tokens in all. A comma may
// stand between.
struct Repetition {
  std::size_t times = 1;
  std::size_t second = 0;  // tokens up to the second time
  std::size_t tokens = 0;
  bool comma = false;
};

bool same_words(const Rewriter& at, std::size_t one, std::size_t other, std::size_t words) {
  for (std::size_t i = 0; i < words; ++i) {
    const Token& a = at.now(one + i);
    const Token& b = at.now(other + i);
    if (!is_plain_word(b) || a.folded != b.folded || b.gap >= Gap::line) return false;
  }
  return true;
}

Repetition run_of(const Rewriter& at, std::size_t words) {
  Repetition run{.tokens = words};
  for (;;) {
    const bool comma = at.now(run.tokens).is_mark(",");
    const std::size_t next = run.tokens + (comma ? 1 : 0);
    if (!same_words(at, 0, next, words)) return run;
    if (run.times == 1) run.second = next;
    run.comma = run.comma || comma;
    run.tokens = next + words;
    ++run.times;
  }
}

bool any_before(const Rewriter& at, std::size_t reach, WordClasses wanted) {
  for (std::size_t back = 0; back < reach && at.before(back).is_word(); ++back) {
    if (at.before(back).is(wanted)) return true;
  }
  return false;
}

bool what_before(const Rewriter& at) { return any_before(at, kSentenceReach, classes(WordClass::question)); }
bool verb_before(const Rewriter& at) {
  return any_before(at, kLongest, classes(WordClass::verb, WordClass::be, WordClass::auxiliary));
}

// "New York, New York", "Duran Duran": names are said twice on purpose.
bool is_name(const Token& word) {
  return starts_upper(word.text) &&
         !word.is(classes(WordClass::capital, WordClass::pronoun, WordClass::article));
}
bool is_name(const Rewriter& at, const Repetition& run, std::size_t words) {
  for (std::size_t i = 0; i < words; ++i) {
    if (!is_name(at.now(i)) || !is_name(at.now(run.second + i))) return false;
  }
  return true;
}

// Whether a single word may stand twice here.
bool may_double(const Rewriter& at, const Repetition& run) {
  const Token& word = at.now();
  if (word.is(classes(WordClass::weighty)) || (!run.comma && word.is(classes(WordClass::doubled))))
    return true;
  if (run.comma) return false;
  if (word.is(classes(WordClass::after_verb))) return verb_before(at);
  if (word.is(classes(WordClass::be))) return what_before(at);
  const bool letter = first_character(word.text).size == word.text.size();
  return letter && !word.is(classes(WordClass::pronoun, WordClass::article, WordClass::conjunction));
}

// Whether a phrase is one that is said twice for weight: "thank you, thank you".
bool has_weight(const Rewriter& at, std::size_t words) {
  for (std::size_t i = 0; i < words; ++i) {
    if (!at.now(i).is(classes(WordClass::weighty, WordClass::doubled))) return false;
  }
  return true;
}

// "on and on and on": the first word once more. "I and I and I think" is none.
bool goes_round(const Rewriter& at, const Repetition& run, std::size_t words) {
  constexpr WordClasses kStammered =
      classes(WordClass::pronoun, WordClass::be, WordClass::auxiliary, WordClass::conjunction,
              WordClass::article, WordClass::possessive, WordClass::demonstrative);
  constexpr WordClasses kNoNoun = classes(WordClass::verb, WordClass::preposition);  // "want to want to want"
  const bool joined =
      at.now(1).is(classes(WordClass::link)) ||
      (at.now(1).is(classes(WordClass::preposition)) && !at.now().is(kNoNoun));  // "day after day after day"
  return words == 2 && joined && !at.now().is(kStammered) && same_words(at, 0, run.tokens, 1);
}

// Leaves out the first of two (but "if you know, you know"); or keeps all of what is meant. False where
// nothing is repeated.
bool repeated(Rewriter& at) {
  if (!is_plain_word(at.now())) return false;
  for (std::size_t words = 1; words <= kLongest; ++words) {
    if (!is_plain_word(at.now(words - 1)) || (words > 1 && at.now(words - 1).gap >= Gap::line)) return false;
    const Repetition run = run_of(at, words);
    if (run.times == 1) continue;
    const bool echo = run.comma && words > 1 && at.before().is(classes(WordClass::conjunction));
    const bool meant = run.times > 2 || echo || is_name(at, run, words) || goes_round(at, run, words) ||
                       (words == 1 ? may_double(at, run) : has_weight(at, words));
    if (meant) {
      at.keep(run.tokens);
    } else {
      at.drop(run.second, kRepeat);
    }
    return true;
  }
  return false;
}

// The letters of a word that breaks off: "recei-"; nothing for any other.
std::string_view stem(const Token& token) {
  const std::string_view word = token.folded;
  if (!token.is_word() || token.fixed || word.size() < 2 || word.back() != '-' || word[0] == '-') return {};
  return word.substr(0, word.size() - 1);
}

bool completes(const Token& token, std::string_view stem) {
  return token.is_word() && token.folded.size() >= stem.size() && token.folded.starts_with(stem) &&
         token.folded.back() != '-';
}

// A word that breaks off, and is said whole next, perhaps with some words before it said again ("I wan- I
// want").
bool cut_off(Rewriter& at) {
  const std::string_view begun = stem(at.now());
  if (begun.empty()) return false;
  const std::size_t after = at.now(1).is_mark(",") ? 2 : 1;
  if (completes(at.now(after), begun) || (stem(at.now(after)).starts_with(begun))) {
    at.drop(after, kCutOff);
    return true;
  }
  for (std::size_t words = 1; words < kLongest; ++words) {
    bool same = completes(at.now(after + words), begun);
    for (std::size_t i = 0; i < words && same; ++i) {
      same =
          at.before(words - 1 - i).is_word() && at.before(words - 1 - i).folded == at.now(after + i).folded;
    }
    if (!same) continue;
    at.drop(after + words, kCutOff);
    return true;
  }
  return false;
}

// "b-b-but" is "but", and "I-I" is "I"; "re-read", "so-so" and "no-no-no" are words.
std::string_view without_stutter(std::string_view word) {
  const std::size_t last = word.rfind('-');
  if (last == std::string_view::npos || last == 0) return word;
  const std::string_view whole = word.substr(last + 1);
  const std::string_view begun = word.substr(0, last);
  const std::string_view first = begun.substr(0, begun.find('-'));
  const bool twice =
      first.size() < whole.size() && lowered(begun) == lowered(std::string(first) + "-" + std::string(first));
  const bool letter = begun.size() == 1 && lowered(begun) == lowered(whole);
  if (first.empty() || !(twice || letter)) return word;
  return lowered(whole).starts_with(lowered(first)) ? whole : word;
}

bool stutter(Rewriter& at, const Language& language) {
  const Token& token = at.now();
  if (!is_plain_word(token) || token.text.find('-') == std::string::npos) return false;
  if (token.entry != nullptr) return false;  // "bye-bye"
  const std::string_view whole = without_stutter(token.text);
  if (whole.size() == token.text.size()) return false;
  const bool capital = starts_upper(token.text);
  std::string text = capital ? capitalised(whole) : std::string(whole);
  at.replace(1, kCutOff, {make_word(std::move(text), language)});
  return true;
}

}  // namespace

void drop_repeats(Tokens& tokens, const RuleContext& context) {
  Rewriter at(tokens, context.log);
  while (!at.at_end()) {
    if (!cut_off(at) && !stutter(at, context.language) && !repeated(at)) at.keep();
  }
}

}  // namespace diktate
