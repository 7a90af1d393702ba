#include <algorithm>

#include "text/rewriter.h"
#include "text/verify_checks.h"

namespace diktate {
namespace {

constexpr std::size_t kRepeatReach = 8;     // words between a word and its repetition
constexpr std::size_t kMostCorrected = 12;  // words that a correction takes back
constexpr std::size_t kMostReplaced = 5;    // that a mere "no" does
constexpr std::size_t kMostAgain = 3;       // that a correction begins with once more
constexpr std::size_t kMostScratched = 24;  // that "scratch that" does

constexpr PhraseGroups kSpoken =
    groups(PhraseGroup::mark, PhraseGroup::open, PhraseGroup::close, PhraseGroup::join, PhraseGroup::sign,
           PhraseGroup::prefix, PhraseGroup::layout, PhraseGroup::casing, PhraseGroup::literal,
           PhraseGroup::no_space, PhraseGroup::key, PhraseGroup::take_back, PhraseGroup::filler,
           PhraseGroup::address, PhraseGroup::code_style, PhraseGroup::code_sign, PhraseGroup::inside_number);

class Excuser {
 public:
  explicit Excuser(Comparison& comparison)
      : comparison_(comparison),
        words_(comparison.said.words),
        matches_(comparison.alignment.said),
        excused_(words_.size(), false),
        taken_back_(words_.size(), false) {}

  void run() {
    for (std::size_t i = 0; i < words_.size(); ++i)
      excused_[i] = lost(i) && is_light(words_[i]) && !(i == 0 && is_order(words_[i]));
    phrases();
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (lost(i) && !excused_[i] && !words_[i].is_digit() && repeated(i)) excused_[i] = true;
    }
    repeated_numbers();
    last_of_two();
    comparison_.excused = std::move(excused_);
    comparison_.taken_back = std::move(taken_back_);
  }

 private:
  bool lost(std::size_t i) const { return matches_.empty() || matches_[i] == kUnmatched; }

  bool is_light(const CompareWord& word) const {
    if (word.kind != CompareWord::Kind::word) return false;
    const std::string& text = comparison_.said.tokens[word.token].text;
    if (text.size() > 1 && text.back() == '-') return true;  // cut off
    if (word.is(classes(WordClass::hesitation, WordClass::pause_word, WordClass::opener)))
      return !word.is(kNegations) && !(word.is(classes(WordClass::contrast)) && !word.placed);
    if (word.is(kNegations | classes(WordClass::contrast))) return false;
    return word.is(kGrammarWords | classes(WordClass::padding));
  }

  // "Say", as the first word, is no padding.
  bool is_order(const CompareWord& word) const {
    return word.is(classes(WordClass::verb)) && !word.is(classes(WordClass::opener));
  }

  // Words of commands and fillers; and what stands before the words of a correction. Marks may stand between
  // these: "wait, no".
  void phrases() {
    Tokens tokens;
    std::vector<std::size_t> places;  // of these tokens in the text
    for (std::size_t i = 0; i < comparison_.said.tokens.size(); ++i) {
      if (!comparison_.said.tokens[i].is_word()) continue;
      tokens.push_back(comparison_.said.tokens[i]);
      tokens.back().gap = Gap::space;
      places.push_back(i);
    }
    places.push_back(comparison_.said.tokens.size());
    std::size_t word = 0;
    for (std::size_t token = 0; token < tokens.size(); ++token) {
      while (word < words_.size() && words_[word].token < places[token]) ++word;
      constexpr PhraseGroups kBack = groups(PhraseGroup::correction, PhraseGroup::take_back);
      const Entry* entry = tokens[token].entry;
      if (entry == nullptr || (entry->groups & (kSpoken | kBack)) == 0) continue;
      if (const Phrase* phrase = match_phrase(tokens, token, kBack)) {
        const bool not_one = match_phrase(tokens, token, groups(PhraseGroup::not_correction)) != nullptr;
        const std::size_t end = places[token + phrase->words.size() - 1] + 1;
        if (not_one || take_back(word, end, phrase->group == PhraseGroup::take_back)) continue;
      }
      if (const Phrase* spoken = match_phrase(tokens, token, kSpoken)) {
        const std::size_t end = places[token + spoken->words.size() - 1] + 1;
        for (std::size_t i = word; i < words_.size() && words_[i].token < end; ++i)
          excused_[i] = excused_[i] || (lost(i) && words_[i].kind == CompareWord::Kind::word);
      }
    }
  }

  // The words from `word` on, up to the token, are those of a correction; false if they are still there: they
  // meant what they say, or are a filler ("i mean i think").
  bool take_back(std::size_t word, std::size_t end_token, bool scratched) {
    std::size_t end = word;
    while (end < words_.size() && words_[end].token < end_token) {
      if (!lost(end)) return false;
      ++end;
    }
    for (std::size_t i = word; i < end; ++i) excused_[i] = taken_back_[i] = true;
    const std::size_t most = scratched ? kMostScratched : kMostCorrected;
    std::size_t passed = 0;  // small words that were matched all the same: the "the" of both
    for (std::size_t i = word, count = 0; i-- > 0 && count < most; ++count) {
      if (matches_.empty() || lost(i)) {
        excused_[i] = taken_back_[i] = true;
      } else if (words_[i].is_digit() || is_content_word(words_[i]) || ++passed > 2) {
        break;
      }
    }
    // What stands behind may be the first words once more: "to Anna, sorry, to Ben".
    const std::size_t again = end + (scratched ? kMostScratched : kMostAgain);
    for (std::size_t i = end; i < words_.size() && i < again && lost(i) && !matches_.empty(); ++i) {
      if (repeated(i, scratched ? kMostScratched : kRepeatReach)) excused_[i] = true;
    }
    return true;
  }

  static bool is_content_word(const CompareWord& word) {
    return word.kind == CompareWord::Kind::word && is_content(word);
  }

  bool repeated(std::size_t index, std::size_t reach = kRepeatReach) const {
    const std::size_t first = index > reach ? index - reach : 0;
    const std::size_t end = std::min(words_.size(), index + reach + 1);
    for (std::size_t i = first; i < end; ++i) {
      const bool cut_off = words_[i].ids[0] == words_[index].ids[0];
      if (i != index && cut_off && !lost(i)) return true;
    }
    return false;
  }

  // "at five, at five thirty": figures go with the words around them.
  void repeated_numbers() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (!lost(i) || excused_[i] || !words_[i].is_digit() || !repeated(i)) continue;
      const bool before = i > 0 && lost(i - 1) && repeated(i - 1);
      const bool after = i + 1 < words_.size() && lost(i + 1) && repeated(i + 1);
      if (before || after) excused_[i] = true;
    }
  }

  bool same_kind(const CompareWord& one, const CompareWord& other) const {
    if (one.is_digit() || other.is_digit()) return one.is_digit() && other.is_digit();
    return one.is(classes(WordClass::weekday)) && other.is(classes(WordClass::weekday));
  }

  // "on Tuesday, no, Wednesday", "the first line, no, the last line", "our CEO, actually our CFO"
  void last_of_two() {
    for (std::size_t i = 1; i + 1 < words_.size(); ++i) {
      const bool opens = words_[i].is(classes(WordClass::opener)) &&
                         !words_[i].is(classes(WordClass::conjunction, WordClass::link));
      const bool no = words_[i].is(kNegations) && words_[i].is(classes(WordClass::opener));
      const bool cue = no || opens;  // "to Anna and to Ben" takes nothing back
      if (!cue || !lost(i) || !lost(i - 1)) continue;
      std::size_t first = i;
      while (first > 0 && lost(first - 1) && i - first < kMostReplaced) --first;
      if (replaces(i) || begins_anew(first, i)) {
        for (std::size_t at = first; at <= i; ++at) excused_[at] = taken_back_[at] = true;
      }
    }
  }

  // What follows is of the kind of what stands before.
  bool replaces(std::size_t cue) const {
    std::size_t next = cue + 1;
    while (next + 1 < words_.size() && words_[next].is(kGrammarWords)) ++next;
    return words_[cue].is(kNegations) && !lost(next) && same_kind(words_[cue - 1], words_[next]);
  }

  // The word behind the cue is the one that the lost words begin with, or that stands before them.
  bool begins_anew(std::size_t first, std::size_t cue) const {
    const int again = words_[cue + 1].ids[0];
    return !words_[cue + 1].is_digit() &&
           (again == words_[first].ids[0] || (first > 0 && again == words_[first - 1].ids[0]));
  }

  Comparison& comparison_;
  const CompareWords& words_;
  const std::vector<std::size_t>& matches_;
  std::vector<bool> excused_;
  std::vector<bool> taken_back_;
};

}  // namespace

void find_excuses(Comparison& comparison) { Excuser(comparison).run(); }

}  // namespace diktate
