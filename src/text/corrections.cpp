// The speaker takes something back and says it anew: "on Tuesday, no wait, Wednesday". What comes after the
// marker must be of the same kind as something shortly before it; otherwise the marker is speech.
#include <optional>
#include <string_view>

#include "text/commas.h"
#include "text/number_words.h"
#include "text/rules.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::string_view kCorrectionRule = "correction";
constexpr std::size_t kReach = 6;  // tokens back in which the beginning of what is taken back is looked for

constexpr std::size_t kFarReach = 12;  // the same for a clause that begins with the same words

// What says the same again must not have taken a whole clause back.
constexpr WordClasses kClauseWord =
    classes(WordClass::pronoun, WordClass::verb, WordClass::be, WordClass::auxiliary, WordClass::question);
constexpr WordClasses kNoContent =
    kClauseWord | classes(WordClass::article, WordClass::preposition, WordClass::conjunction,
                          WordClass::possessive, WordClass::demonstrative, WordClass::negation,
                          WordClass::object, WordClass::opener, WordClass::intensifier, WordClass::quantity);

bool is_month(const Token& token) {
  return token.entry != nullptr && !token.fixed && (token.entry->groups & groups(PhraseGroup::month)) != 0;
}

// A word that names something: no function word, no number.
bool names_something(const Token& token) {
  return token.is_word() && !token.fixed && !token.is(kNoContent) && !is_number(token) &&
         has_letter(token.text);
}

struct Marker {
  std::size_t tokens = 0;  // with the commas in and around it
  bool strong = false;     // says by itself that something is taken back
  bool set_off = false;    // marks stand before and after it
};

// The words of a phrase from `now(from)` on, with commas between them allowed; the number of tokens, or 0.
std::size_t length_with_commas(const Rewriter& at, std::size_t from, const Phrase& phrase) {
  std::size_t next = from;
  for (std::size_t i = 0; i < phrase.words.size(); ++i) {
    if (i > 0 && at.now(next).is_mark(",")) ++next;
    if (!at.now(next).is_word(phrase.words[i]) || at.now(next).fixed || at.now(next).gap >= Gap::line)
      return 0;
    ++next;
  }
  return next - from;
}

// The marker that begins with the next token, or after the comma that is the next token.
std::optional<Marker> marker_at(const Rewriter& at) {
  const std::size_t from = at.now().is_mark(",") ? 1 : 0;
  const Token& first = at.now(from);
  if (first.entry == nullptr || first.fixed || (first.entry->groups & groups(PhraseGroup::correction)) == 0) {
    return std::nullopt;
  }
  for (const Phrase& phrase : first.entry->phrases) {
    if (phrase.group != PhraseGroup::correction) continue;
    const std::size_t length = length_with_commas(at, from, phrase);
    if (length == 0) continue;
    const bool mark_after = at.now(from + length).is_mark(",");
    return Marker{from + length + (mark_after ? 1 : 0), phrase.value == "strong", from > 0 && mark_after};
  }
  return std::nullopt;
}

// How many written tokens are taken back, if what follows the marker says them anew.
class TakenBack {
 public:
  TakenBack(const Rewriter& at, const Marker& marker)
      : at_(at), marker_(marker), next_(at.now(marker.tokens)) {}

  std::size_t count() const {
    if (!next_.is_word() || next_.fixed || next_.gap >= Gap::line) return 0;
    if (const std::size_t count = same_kind()) return says_more(count) ? 0 : count;
    if (const std::size_t count = same_word()) return says_more(count) ? 0 : count;
    if (const std::size_t count = same_start()) return count;
    if (const std::size_t count = same_head()) return count;
    return noun_for_noun();
  }

 private:
  const Token& after(std::size_t ahead) const { return at_.now(marker_.tokens + ahead); }

  // A weekday for a weekday, a month for a month, a number for a number.
  std::size_t same_kind() const {
    for (std::size_t back = 0; back < kReach && at_.before(back).is_word(); ++back) {
      const Token& word = at_.before(back);
      if (next_.is(classes(WordClass::weekday)) && word.is(classes(WordClass::weekday))) return back + 1;
      if (is_month(next_) && is_month(word)) return back + 1;
      if (is_number(next_) && is_number(word)) return back + 1 + numbers_before(back);
      if (in_clause(back)) return 0;
    }
    return 0;
  }

  // A word of a clause; "the left" is none.
  bool in_clause(std::size_t back) const {
    constexpr WordClasses kNominal = classes(WordClass::article, WordClass::possessive, WordClass::adjective);
    return at_.before(back).is(kClauseWord) && !at_.before(back + 1).is(kNominal);
  }

  // "twenty five, no wait, thirty": all words of the number; and of "three point five, sorry, four point
  // five" what is before the point as well. Another line has another number.
  std::size_t numbers_before(std::size_t back) const {
    bool may_have_point = says_decimal();
    std::size_t more = 0;
    while (at_.before(back + more).gap < Gap::line) {
      const Token& word = at_.before(back + 1 + more);
      const bool point = may_have_point && is_point(word) && is_number(at_.before(back + 2 + more));
      if (!point && !is_number(word)) break;
      may_have_point = may_have_point && !point;
      more += point ? 2 : 1;
    }
    return more;
  }

  // What comes is a number with decimals.
  bool says_decimal() const {
    std::size_t whole = 1;
    while (is_number(after(whole))) ++whole;
    return is_point(after(whole)) && is_number(after(whole + 1));
  }
  static bool is_point(const Token& token) {
    return token.entry != nullptr && !token.fixed && token.gap < Gap::line &&
           (token.entry->groups & groups(PhraseGroup::decimal)) != 0;
  }

  // What comes is a clause of its own, and what was before is none: "I missed the call, sorry, the train was
  // loud", but "my brother, I mean my sister, is here" and "my brother I mean my sister is here".
  bool says_more(std::size_t count) const {
    constexpr std::size_t kSubject = 4;  // tokens within which its verb comes
    constexpr WordClasses kBegins = classes(WordClass::conjunction, WordClass::link, WordClass::opener);
    if (!at_.before(count).is_word() || at_.before(count).is(kBegins)) return false;
    for (std::size_t i = 1; i < kSubject; ++i) {
      const Token& word = after(i);
      if (!word.is_word() || word.gap >= Gap::line) return false;
      if (word.is(classes(WordClass::be, WordClass::auxiliary))) return true;
      if (word.is(classes(WordClass::preposition, WordClass::conjunction))) return false;
    }
    return false;
  }

  // The same preposition, article or the like begins it again: "to Anna, sorry, I mean to Ben".
  std::size_t same_word() const {
    constexpr WordClasses kBegins =
        classes(WordClass::preposition, WordClass::article, WordClass::possessive, WordClass::demonstrative);
    if (!next_.is(kBegins) && !next_.is(classes(WordClass::sequence))) return 0;
    if (after(1).is(kClauseWord)) return 0;  // "to Anna, I mean to go"
    for (std::size_t back = 0; back < kReach && at_.before(back).is_word(); ++back) {
      if (at_.before(back).folded == next_.folded) return back > 0 ? back + 1 : 0;
      if (in_clause(back)) return 0;
    }
    return 0;
  }

  // The clause begins anew, with the same two words: "I'll call Anna, no wait, I'll call Ben".
  std::size_t same_start() const {
    if (!marker_.strong && !marker_.set_off) return 0;
    if (!after(1).is_word() || after(1).gap >= Gap::line) return 0;
    for (std::size_t back = 1; back < kFarReach && at_.before(back).is_word(); ++back) {
      if (at_.before(back).folded == next_.folded && at_.before(back - 1).folded == after(1).folded)
        return back + 1;
    }
    return 0;
  }

  // Two words that end alike: "this week, no wait, next week".
  std::size_t same_head() const {
    if (!marker_.strong && !marker_.set_off) return 0;
    if (!after(1).is_word() || after(1).folded != at_.before().folded || !at_.before(1).is_word()) return 0;
    const bool pronouns = is_subject(next_) && is_subject(at_.before(1));
    return pronouns || (!is_subject(next_) && !is_subject(at_.before(1))) ? 2 : 0;
  }
  static bool is_subject(const Token& token) { return token.is(classes(WordClass::pronoun)); }

  // One noun at the end for another: "apples, no sorry, bananas". A weak marker must be set off.
  std::size_t noun_for_noun() const {
    if (!names_something(at_.before()) || !names_something(next_)) return 0;
    if (!marker_.strong && !marker_.set_off && !is_object()) return 0;
    const Token& end = after(1);
    const bool ends = !end.is_word() || end.gap >= Gap::line ||
                      end.is(classes(WordClass::conjunction, WordClass::preposition));
    return ends ? 1 : 0;
  }

  // What stands before the marker is a thing done something to: "call anna i mean ben", not "it was fun i
  // mean wow".
  bool is_object() const {
    constexpr WordClasses kGoverns =
        classes(WordClass::preposition, WordClass::article, WordClass::possessive, WordClass::verb);
    return at_.before(1).is(kGoverns) && !at_.before(1).is(classes(WordClass::be));
  }

  const Rewriter& at_;
  const Marker& marker_;
  const Token& next_;
};

}  // namespace

void apply_corrections(Tokens& tokens, const RuleContext& context) {
  Rewriter at(tokens, context.log);
  while (!at.at_end()) {
    if (const Phrase* speech = match_phrase(at, groups(PhraseGroup::not_correction))) {
      at.keep(speech->words.size());
      continue;
    }
    const auto marker = marker_at(at);
    const std::size_t taken_back = marker ? TakenBack(at, *marker).count() : 0;
    if (taken_back == 0) {
      at.keep();
      continue;
    }
    const Token& first = at.before(taken_back - 1);
    const Gap gap = first.gap;
    const bool capital = starts_upper(first.text) && starts_sentence(at.before(taken_back));
    at.take_back(taken_back, kCorrectionRule);
    at.drop(marker->tokens, kCorrectionRule);
    at.next().gap = gap;
    if (capital) at.next().text = capitalised(at.next().text);
  }
}

}  // namespace diktate
