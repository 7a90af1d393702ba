#include <algorithm>
#include <unordered_set>

#include "text/rewriter.h"
#include "text/verify_checks.h"

namespace diktate {
namespace {

using Ids = std::unordered_set<int>;

class NegationCheck {
 public:
  explicit NegationCheck(const Comparison& comparison)
      : comparison_(comparison),
        said_(comparison.said.words),
        got_(comparison.got.words),
        said_ids_(ids_of(said_)),
        got_ids_(ids_of(got_)) {}

  Finding run() const {
    const Fault gone = {VerifyReason::negation, "the negation is gone"};
    const Fault fresh = {VerifyReason::negation, "the negation was not said"};
    const bool translated = comparison_.options.style == VerifyStyle::translate;
    const bool exact = translated || comparison_.options.style == VerifyStyle::prompt;
    const bool said = said_denies();
    const bool got = denies(got_, false);
    if (said && got && is_turned()) return Fault{VerifyReason::negation, "it denies the other thing"};
    if (said == got) return translated ? std::nullopt : find_opposite(comparison_);
    // "Don't be late" may become "be on time": what was denied must be gone as well.
    if (said && !nearly_denies(got_, said_ids_) && (exact || denied_is_in(said_, got_ids_))) return gone;
    if (got && !nearly_denies(said_, got_ids_)) return fresh;
    return std::nullopt;
  }

  bool said_denies() const { return denies(said_, true); }

 private:
  static Ids ids_of(const CompareWords& words) {
    Ids ids;
    for (const CompareWord& word : words) ids.insert(word.ids.begin(), word.ids.end());
    ids.erase(0);
    return ids;
  }

  static bool knows(const Ids& ids, const CompareWord& word) {
    return std::any_of(word.ids.begin(), word.ids.end(),
                       [&](int id) { return id != 0 && ids.count(id) != 0; });
  }

  // "No, let's do Monday." denies nothing. Without marks the next word tells: "no we leave", but "no puedo".
  bool opens(const CompareWords& words, std::size_t i) const {
    if (i != 0 || words.size() < 2 || !words[0].is(classes(WordClass::opener))) return false;
    const Tokens& tokens = (&words == &said_ ? comparison_.said : comparison_.got).tokens;
    const std::size_t next = words[0].token + 1;
    if (next < tokens.size() && tokens[next].is_mark()) return true;
    const Phrase* phrase = match_phrase(tokens, words[0].token, groups(PhraseGroup::talk));
    if (phrase != nullptr && phrase->value == "polite") return true;  // "no problem"
    const bool marked =
        std::any_of(tokens.begin(), tokens.end(), [](const Token& token) { return token.is_mark(); });
    constexpr WordClasses kClause = classes(WordClass::pronoun, WordClass::demonstrative, WordClass::article,
                                            WordClass::conjunction, WordClass::opener, WordClass::question);
    return !marked && words[1].is(kClause) && !words[1].is(classes(WordClass::object));
  }

  // "Don't forget", "no te olvides", "don't hesitate to" deny nothing.
  static bool cancels(const CompareWords& words, std::size_t i) {
    if (!words[i].is(kNegations)) return false;
    const bool object = i + 1 < words.size() && words[i + 1].is(classes(WordClass::object));
    const std::size_t verb = object ? i + 2 : i + 1;
    if (verb < words.size() && words[verb].is(classes(WordClass::reminder))) return true;
    return verb + 1 < words.size() && words[verb].is(classes(WordClass::negative)) &&
           words[verb + 1].is(classes(WordClass::infinitive));
  }

  bool denies(const CompareWords& words, bool is_said) const {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (is_said && comparison_.taken_back[i]) continue;
      if (words[i].is(kNegations) && !opens(words, i) && !cancels(words, i)) return true;
    }
    return false;
  }

  // The words right behind a negation: "fifty" in "forty, not fifty".
  static Ids denied(const CompareWords& words) {
    Ids ids;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      if (!words[i].is(kNegations) || !is_content(words[i + 1])) continue;
      ids.insert(words[i + 1].ids[0]);
    }
    return ids;
  }

  // "Forty, not fifty" became "fifty, not forty".
  bool is_turned() const {
    const Ids said = denied(said_);
    const Ids got = denied(got_);
    const auto only_one = [](const Ids& here, const Ids& there, const Ids& other) {
      return std::any_of(here.begin(), here.end(),
                         [&](int id) { return there.count(id) == 0 && other.count(id) != 0; });
    };
    return only_one(said, got, got_ids_) && only_one(got, said, said_ids_);
  }

  // With a word for it that the other text has not: "unable".
  bool nearly_denies(const CompareWords& words, const Ids& other) const {
    for (std::size_t i = 0; i < words.size(); ++i) {
      const bool cancelled = i > 0 && cancels(words, i - 1);
      const bool negative = words[i].is(classes(WordClass::negative)) && !words[i].is(kNegations);
      if (negative && !cancelled && other.count(words[i].ids[0]) == 0) return true;
      if (words[i].is(kNegations) && opens(words, i)) return true;
    }
    return false;
  }

  // Whether the other text has a word that is denied here: one of the next two, or the verb before "not".
  bool denied_is_in(const CompareWords& words, const Ids& other) const {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (!words[i].is(kNegations) || opens(words, i)) continue;
      if (i > 0 && words[i - 1].is(classes(WordClass::contrast)) && knows(other, words[i - 1])) return true;
      std::size_t content = 0;
      for (std::size_t next = i + 1; next < words.size() && content < 2; ++next) {
        const bool verb = words[next].is(classes(WordClass::verb)) &&
                          !words[next].is(classes(WordClass::be, WordClass::auxiliary));
        if (words[next].is(kNegations) || (!is_content(words[next]) && !verb)) continue;
        if (words[next].is(classes(WordClass::negative))) break;
        ++content;
        if (knows(other, words[next]) || is_like_any(words[next], &words == &said_ ? got_ : said_))
          return true;
      }
    }
    return false;
  }

  bool is_like_any(const CompareWord& word, const CompareWords& words) const {
    return std::any_of(words.begin(), words.end(),
                       [&](const CompareWord& other) { return alike(word, other, comparison_.language); });
  }

  const Comparison& comparison_;
  const CompareWords& said_;
  const CompareWords& got_;
  const Ids said_ids_;
  const Ids got_ids_;
};

}  // namespace

Finding find_other_negation(const Comparison& comparison) { return NegationCheck(comparison).run(); }

bool denies(const Comparison& comparison) { return NegationCheck(comparison).said_denies(); }

}  // namespace diktate
