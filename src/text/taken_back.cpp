#include "text/taken_back.h"

#include <algorithm>
#include <string>

#include "text/number_words.h"
#include "text/unicode.h"

namespace diktate {
namespace {

constexpr std::size_t kReach = 6;  // tokens back in which the beginning of what is taken back is looked for
constexpr std::size_t kFarReach = 12;      // the same for a clause that begins with the same words
constexpr std::size_t kLongestNumber = 8;  // words

// What says the same again must not have taken a whole clause back.
constexpr WordClasses kClauseWord =
    classes(WordClass::pronoun, WordClass::verb, WordClass::be, WordClass::auxiliary, WordClass::question);
constexpr WordClasses kDeterminer =
    classes(WordClass::article, WordClass::possessive, WordClass::demonstrative);
constexpr WordClasses kNoContent =
    kClauseWord | kDeterminer |
    classes(WordClass::preposition, WordClass::conjunction, WordClass::negation, WordClass::object,
            WordClass::opener, WordClass::intensifier, WordClass::quantity);

bool is_weekday(const Token& token) { return token.is(classes(WordClass::weekday)); }
bool is_month(const Token& token) {
  return token.entry != nullptr && !token.fixed && (token.entry->groups & groups(PhraseGroup::month)) != 0;
}
bool is_point(const Token& token) {
  return token.entry != nullptr && !token.fixed && token.gap < Gap::line &&
         (token.entry->groups & groups(PhraseGroup::decimal)) != 0;
}

bool same_kind(const Token& a, const Token& b) {
  return (is_weekday(a) && is_weekday(b)) || (is_month(a) && is_month(b)) || (is_number(a) && is_number(b));
}

// A word that names something: no function word, no number, no day.
bool names_something(const Token& token) {
  return token.is_word() && !token.fixed && !token.is(kNoContent) && !is_number(token) &&
         !is_weekday(token) && has_letter(token.text);
}

bool is_figure(const Token& token) { return is_digit(first_character(token.text).code); }

std::size_t digits_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

// What is not a digit in a figure, and how many digits it has where they are no count: "415-555-0123" has
// another shape than "0124".
std::string shape(const Token& token) {
  constexpr std::size_t kLongestCount = 3;
  if (!is_figure(token)) return {};
  std::string digits;
  std::string others;
  for (const char c : token.text) {
    if (c >= '0' && c <= '9') digits += c;
    if ((c < '0' || c > '9') && c != ',' && c != '.') others += c;
  }
  const bool counts = digits.size() <= kLongestCount && digits[0] != '0';
  return counts ? others : others + digits.assign(digits.size(), '0');
}

class Correction {
 public:
  Correction(const Rewriter& at, const CorrectionMarker& marker, const Language& language)
      : at_(at), marker_(marker), language_(language), next_(at.now(marker.tokens)) {}

  TakenBack find() const {
    if (!next_.is_word() || next_.fixed || next_.gap >= Gap::line || is_denied()) return {};
    TakenBack found = kind_for_kind();
    if (marker_.of_a_kind && !found) return {};
    if (!found) found.tokens = same_word();
    if (found) return says_more(found.tokens) ? TakenBack{} : found;
    if (const std::size_t count = same_start()) return {.tokens = count};
    if (const std::size_t count = same_head()) return {.tokens = count};
    return {.tokens = noun_for_noun()};
  }

 private:
  const Token& after(std::size_t ahead) const { return at_.now(marker_.tokens + ahead); }
  bool ends(std::size_t ahead) const { return !after(ahead).is_word() || after(ahead).gap >= Gap::line; }

  // "It's not a bug, I mean a feature": what is denied is no slip.
  bool is_denied() const {
    for (std::size_t back = 0; at_.before(back).is_word(); ++back) {
      if (at_.before(back).is(classes(WordClass::negation, WordClass::denial))) return true;
      if (at_.before(back).gap >= Gap::line) return false;
    }
    return false;
  }

  // A weekday for a weekday, a month for a month, a number for a number.
  TakenBack kind_for_kind() const {
    for (std::size_t back = 0; back < kReach && at_.before(back).is_word(); ++back) {
      if (same_kind(next_, at_.before(back))) return replaces(back);
      if (in_clause(back) || at_.before(back).gap >= Gap::line) return {};
    }
    return {};
  }

  // What stands behind the old one goes only if it is said again: "two coffees, make that three coffees".
  // Else it stays behind the new one, if nothing but the new one is said, and no other could be meant.
  TakenBack replaces(std::size_t back) const {
    const bool number = is_number(next_);
    const std::size_t old = number ? length_of_number(back) : 1;
    const std::size_t said = number ? length_said() : 1;
    if (number && !fits(back, old, said)) return {};
    if (back == 0 || all_said_again(back)) return {.tokens = back + old};
    const bool one_noun = number && back == 1 && names_something(at_.before());
    if (one_noun && names_something(after(said)) && ends(said + 1)) return {.tokens = back + old};
    const bool alone = ends(said) || (one_noun && goes_on(said));
    if (!alone || another(back + old)) return {};
    if (number && read_number(at_, language_, marker_.tokens).words != said) return {};  // "one second"
    return {.tokens = back + old, .kept = back, .said = said};
  }

  // "five chairs, sorry, six and a table", but not "five minutes, sorry, two of us were late"
  bool goes_on(std::size_t said) const {
    const Token& next = after(said);
    const bool part = next.entry != nullptr && (next.entry->groups & groups(PhraseGroup::part_of)) != 0;
    if (part || !next.is(classes(WordClass::preposition, WordClass::conjunction))) return false;
    for (std::size_t i = said; i < kFarReach && !ends(i); ++i) {
      if (after(i).is(classes(WordClass::be, WordClass::auxiliary))) return false;
    }
    return true;
  }

  bool another(std::size_t back) const {
    for (; at_.before(back).is_word(); ++back) {
      if (same_kind(next_, at_.before(back))) return true;
      if (at_.before(back).gap >= Gap::line) return false;
    }
    return false;
  }

  // The last `count` written words come again in what is said anew, or others of their kind.
  bool all_said_again(std::size_t count) const {
    for (std::size_t back = 0; back < count; ++back) {
      if (!said_again(at_.before(back))) return false;
    }
    return true;
  }
  bool said_again(const Token& word) const {
    for (std::size_t i = 1; i < kFarReach && !ends(i); ++i) {
      if (after(i).folded == word.folded || same_kind(after(i), word)) return true;
    }
    return false;
  }
  // Of the last `count` written words a preposition must come again, or what it begins would be lost: "to
  // Anna by Friday, I mean to Ben"; and so must a day or a number: "to Anna Monday, I mean to Ben".
  bool loses_phrase(std::size_t count) const {
    for (std::size_t back = 0; back < count; ++back) {
      const Token& word = at_.before(back);
      const bool begins =
          word.is(classes(WordClass::preposition, WordClass::conjunction)) && !in_clause(back);
      const bool counts = is_weekday(word) || is_month(word) || is_number(word);
      if ((begins || counts) && !said_again(word)) return true;
    }
    return false;
  }

  // A word of a clause; "the left" is none.
  bool in_clause(std::size_t back) const {
    constexpr WordClasses kNominal = classes(WordClass::article, WordClass::possessive, WordClass::adjective);
    return at_.before(back).is(kClauseWord) && !at_.before(back + 1).is(kNominal);
  }

  // "twenty five, no wait, thirty": all words of the number; and of "three point five, sorry, four point
  // five" what is before the point as well. Another line has another number.
  std::size_t length_of_number(std::size_t back) const {
    bool may_have_point = says_decimal();
    std::size_t length = 1;
    while (at_.before(back + length - 1).gap < Gap::line) {
      const Token& word = at_.before(back + length);
      const bool point = may_have_point && is_point(word) && is_number(at_.before(back + length + 1));
      if (!point && !is_number(word)) break;
      may_have_point = may_have_point && !point;
      length += point ? 2 : 1;
    }
    for (std::size_t longer = length + 2; longer <= kLongestNumber; ++longer) {
      if (is_one_number(back, longer)) length = longer;  // "two hundred and five"
    }
    return length;
  }

  Tokens written(std::size_t back, std::size_t count) const {
    Tokens tokens;
    for (std::size_t i = back + count; i > back; --i) tokens.push_back(at_.before(i - 1));
    return tokens;
  }
  bool is_one_number(std::size_t back, std::size_t count) const {
    return is_number(at_.before(back + count - 1)) &&
           read_number(written(back, count), 0, language_).words == count;
  }

  // Of the number that comes: its words up to a point, whether decimals follow, and all its words.
  std::size_t whole_said() const {
    std::size_t length = read_number(at_, language_, marker_.tokens).words;
    while (is_number(after(length)) && after(length).gap < Gap::line) ++length;
    return length;
  }
  bool says_decimal() const {
    const std::size_t whole = whole_said();
    return is_point(after(whole)) && is_number(after(whole + 1));
  }
  std::size_t length_said() const {
    return std::max<std::size_t>(whole_said(), 1) + (says_decimal() ? 2 : 0);
  }

  // Whether the new number says all of the old one anew. "Twenty five, sorry, six" may be twenty six, and
  // digits one by one are no number that can be replaced.
  bool fits(std::size_t back, std::size_t old, std::size_t said) const {
    const bool in_decimals = is_point(at_.before(back + old)) && is_number(at_.before(back + old + 1));
    const Token& last = at_.before(back);
    if (in_decimals || shape(last) != shape(next_)) return false;
    if (old == 1 && !is_figure(last)) return true;
    if (old > 1 && !is_one_number(back, old)) return said == old;
    const NumberInWords anew = read_number(at_, language_, marker_.tokens);
    if (said > 1) return anew.words == said;
    const std::size_t digits =
        is_figure(last) ? digits_of(last.text)
                        : digits_of(std::to_string(read_number(written(back, old), 0, language_).value));
    return digits <= (is_figure(next_) ? digits_of(next_.text) : digits_of(std::to_string(anew.value)));
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
    if (!next_.is(kDeterminer | classes(WordClass::preposition, WordClass::sequence))) return 0;
    if (after(1).is(kClauseWord)) return 0;  // "to Anna, I mean to go"
    for (std::size_t back = 0; back < kReach && at_.before(back).is_word(); ++back) {
      if (at_.before(back).folded == next_.folded) return back > 0 && is_one_phrase(back) ? back + 1 : 0;
      if (in_clause(back)) return 0;
    }
    return 0;
  }

  // From the word at `back` on it is one phrase, and the only one that can be meant.
  bool is_one_phrase(std::size_t back) const {
    if (loses_phrase(back) || nouns_before(back) > nouns_after()) return false;
    if (!next_.is(kDeterminer) || same_kind(after(1), at_.before(back - 1))) return true;
    for (std::size_t more = back + 1; at_.before(more).is_word(); ++more) {
      if (at_.before(more).is(kDeterminer)) return false;  // "the milk in the fridge, I mean the juice"
      if (at_.before(more).gap >= Gap::line) return true;
    }
    return true;
  }

  // "The doctor today, I mean the dentist" would lose a word.
  std::size_t nouns_before(std::size_t count) const {
    std::size_t nouns = 0;
    while (count-- > 0) nouns += is_noun(at_.before(count)) ? 1 : 0;
    return nouns;
  }
  std::size_t nouns_after() const {
    std::size_t nouns = 0;
    for (std::size_t i = 1; i < kFarReach && !ends(i); ++i) nouns += is_noun(after(i)) ? 1 : 0;
    return nouns;
  }
  static bool is_noun(const Token& token) {
    return names_something(token) && !token.is(classes(WordClass::adjective));
  }

  // The clause begins anew, with the same two words: "I'll call Anna, no wait, I'll call Ben".
  std::size_t same_start() const {
    if (!marker_.strong && !marker_.set_off) return 0;
    if (!after(1).is_word() || after(1).gap >= Gap::line) return 0;
    for (std::size_t back = 1; back < kFarReach && at_.before(back).is_word(); ++back) {
      if (at_.before(back).folded == next_.folded && at_.before(back - 1).folded == after(1).folded)
        return loses_phrase(back) ? 0 : back + 1;
    }
    return 0;
  }

  // Two words that end alike: "this week, no wait, next week".
  std::size_t same_head() const {
    if (!marker_.strong && !marker_.set_off) return 0;
    if (!after(1).is_word() || after(1).folded != at_.before().folded || !at_.before(1).is_word()) return 0;
    return is_subject(next_) == is_subject(at_.before(1)) ? 2 : 0;
  }

  // One noun at the end for another, and a name for a name: "apples, no sorry, bananas".
  std::size_t noun_for_noun() const {
    const Token& old = at_.before();
    if (!names_something(old) || !names_something(next_) || !is_object()) return 0;
    const bool names = starts_upper(old.text) && starts_upper(next_.text);
    if (!names && (starts_upper(old.text) != starts_upper(next_.text) || may_be_another())) return 0;
    const bool whole = ends(1) || after(1).is(classes(WordClass::conjunction, WordClass::preposition));
    return whole ? 1 : 0;
  }

  // What stands before the marker is a thing done something to: "call anna i mean ben", not "it was fun i
  // mean wow".
  bool is_object() const {
    constexpr WordClasses kGoverns =
        kDeterminer | classes(WordClass::preposition, WordClass::verb, WordClass::imperative);
    return (at_.before(1).is(kGoverns) && !at_.before(1).is(classes(WordClass::be))) || is_verb(1);
  }

  // A word that no table knows as a verb, but that stands where one does: "I painted".
  bool is_verb(std::size_t back) const {
    constexpr WordClasses kBeforeVerb =
        classes(WordClass::pronoun, WordClass::auxiliary, WordClass::infinitive);
    return names_something(at_.before(back)) && at_.before(back + 1).is(kBeforeVerb);
  }

  // Another noun in front of the last one: "put milk in the fridge, sorry, juice".
  bool may_be_another() const {
    for (std::size_t back = 1; at_.before(back).is_word(); ++back) {
      if (is_noun(at_.before(back)) && !is_verb(back)) return true;
      if (at_.before(back).gap >= Gap::line) return false;
    }
    return false;
  }

  const Rewriter& at_;
  const CorrectionMarker& marker_;
  const Language& language_;
  const Token& next_;
};

}  // namespace

TakenBack taken_back(const Rewriter& at, const CorrectionMarker& marker, const Language& language) {
  return Correction(at, marker, language).find();
}

}  // namespace diktate
