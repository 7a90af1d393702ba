#include <algorithm>
#include <unordered_map>

#include "text/accounting.h"
#include "text/unicode.h"
#include "text/verify_checks.h"

namespace diktate {
namespace {

constexpr std::size_t kWordsForOneLost = 12;   // content words of which one may be gone
constexpr std::size_t kWordsForOneAdded = 30;  // of which one may be new
constexpr std::size_t kMostChanged = 12;       // of either, however long the text is
constexpr std::size_t kLongestLost = 3;        // in one place
constexpr std::size_t kLongestAdded = 2;
constexpr char32_t kFirstPicture = 0x1F000;
constexpr double kLeastOrder = 0.7;
constexpr std::size_t kShortForPersons = 12;  // words
constexpr std::size_t kShort = 16;            // words of which none may have moved

// An emoji.
bool has_picture(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Character character = first_character(text.substr(at));
    if (character.code >= kFirstPicture) return true;
    at += character.size;
  }
  return false;
}

class Strict {
 public:
  explicit Strict(const Comparison& comparison)
      : comparison_(comparison),
        said_(comparison.said.words),
        got_(comparison.got.words),
        account_(account_for(comparison)),
        lost_(account_.lost),
        added_(account_.added) {
    for (const CompareWord& word : said_) ++counts_[word.ids[0]];
  }

  Finding run(Verdict& measures) {
    if (has_picture(comparison_.got.text) && !has_picture(comparison_.said.text))
      return Fault{VerifyReason::added, "a picture was not said"};
    measure(measures);
    for (const auto& check : {&Strict::digits, &Strict::names, &Strict::negations, &Strict::parts,
                              &Strict::content, &Strict::small_words, &Strict::question}) {
      if (const Finding found = (this->*check)()) return found;
    }
    const bool short_one = said_.size() <= kShort && account_.moved_content + account_.moved_persons > 0;
    if (measures.order < kLeastOrder || short_one)
      return Fault{VerifyReason::order, "the words stand in another order"};
    return std::nullopt;
  }

 private:
  Finding fault(VerifyReason reason, const ReadText& text, const CompareWord& word, const char* what) const {
    return Fault{reason, quoted(text, word) + what};
  }

  void measure(Verdict& measures) const {
    std::size_t content = 0, kept = 0, fresh = 0, got_content = 0, matched = 0;
    for (std::size_t i = 0; i < said_.size(); ++i) {
      const bool is_kept = comparison_.alignment.said[i] != kUnmatched;
      matched += is_kept ? 1 : 0;
      if (!is_content(said_[i]) || (!is_kept && comparison_.excused[i])) continue;
      ++content;
      kept += lost_[i] ? 0 : 1;
    }
    for (std::size_t i = 0; i < got_.size(); ++i) {
      if (!is_content(got_[i])) continue;
      ++got_content;
      fresh += added_[i] ? 1 : 0;
    }
    measures.kept = content == 0 ? 1 : static_cast<double>(kept) / static_cast<double>(content);
    measures.inserted = got_content == 0 ? 0 : static_cast<double>(fresh) / static_cast<double>(got_content);
    const std::size_t placed = matched + account_.moved;
    measures.order = placed == 0 ? 1 : static_cast<double>(matched) / static_cast<double>(placed);
  }

  // A "one" in letters is as often no number.
  static bool is_one(const ReadText& text, std::size_t at) {
    const CompareWord& word = text.words[at];
    const bool whole =
        at + 1 == text.words.size() || !text.words[at + 1].is_digit() || text.words[at + 1].border;
    return word.key == "1" && word.border && whole && !has_digit(text.tokens[word.token].text);
  }

  Finding digits() {
    for (std::size_t i = 0; i < said_.size(); ++i) {
      const bool figure = said_[i].is_digit() || said_[i].kind == CompareWord::Kind::sign;
      if (lost_[i] && figure && !is_one(comparison_.said, i))
        return fault(VerifyReason::number, comparison_.said, said_[i], " is lost or changed");
    }
    for (std::size_t i = 0; i < got_.size(); ++i) {
      const bool figure = got_[i].is_digit() || got_[i].kind == CompareWord::Kind::sign;
      if (added_[i] && figure && !is_one(comparison_.got, i))
        return fault(VerifyReason::number, comparison_.got, got_[i], " was not said");
    }
    return std::nullopt;
  }

  Finding names() {
    for (std::size_t i = 0; i < got_.size(); ++i) {
      if (added_[i] && got_[i].name && is_content(got_[i]) && got_[i].entry == nullptr)
        return fault(VerifyReason::name, comparison_.got, got_[i], " was not said");
    }
    return std::nullopt;
  }

  // One denial may stand for another: "no" for "not".
  Finding negations() {
    std::size_t lost = kUnmatched, added = kUnmatched, more_lost = 0, more_added = 0;
    for (std::size_t i = 0; i < said_.size(); ++i) {
      if (!lost_[i] || !said_[i].is(kNegations)) continue;
      lost = i;
      ++more_lost;
    }
    for (std::size_t i = 0; i < got_.size(); ++i) {
      if (!added_[i] || !got_[i].is(kNegations)) continue;
      added = i;
      ++more_added;
    }
    if (more_lost > more_added)
      return fault(VerifyReason::negation, comparison_.said, said_[lost], " is gone");
    if (more_added > more_lost)
      return fault(VerifyReason::negation, comparison_.got, got_[added], " was not said");
    return std::nullopt;
  }

  // The parts of a number that are together, or apart: 2.5 and 25.
  Finding parts() {
    for (std::size_t i = 1; i < got_.size(); ++i) {
      const std::size_t from = comparison_.alignment.got[i];
      if (from == kUnmatched || from == 0 || !got_[i].is_digit() || !got_[i - 1].is_digit()) continue;
      if (comparison_.alignment.got[i - 1] != from - 1) continue;
      const CompareWord& said = said_[from];
      if (said.grouped || got_[i].grouped || !said.is_digit()) continue;
      const bool broken =
          got_[i].point ? (!said.point && !said.border) || said.fraction : said.point && !got_[i].border;
      const bool parted = got_[i].border && !got_[i].point && !said.border && !said.point && !is_long(from);
      if (broken || parted)
        return fault(VerifyReason::number, comparison_.got, got_[i], " is another number");
    }
    return std::nullopt;
  }

  // A telephone number, which may be parted anywhere.
  bool is_long(std::size_t at) const {
    std::size_t first = at;
    while (first > 0 && said_[first - 1].is_digit()) --first;
    while (at < said_.size() && said_[at].is_digit()) ++at;
    return at - first >= 7;
  }

  // Content words that no match parts are more than words that were chosen otherwise.
  struct Gap {
    std::size_t count = 0, longest = 0, last = 0;
  };

  static Gap gaps(const CompareWords& words, const std::vector<bool>& open,
                  const std::vector<std::size_t>& matches) {
    Gap gap;
    std::size_t here = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (matches[i] != kUnmatched && is_content(words[i])) here = 0;
      if (!open[i] || !is_content(words[i]) || words[i].is_digit()) continue;
      ++gap.count;
      gap.last = i;
      gap.longest = std::max(gap.longest, ++here);
    }
    return gap;
  }

  Finding content() {
    const Gap lost = gaps(said_, lost_, comparison_.alignment.said);
    const Gap added = gaps(got_, added_, comparison_.alignment.got);
    const auto content = static_cast<std::size_t>(std::count_if(said_.begin(), said_.end(), is_content));
    if (added.count > 0 && is_question(comparison_) && !begins_like_question(comparison_))
      return Fault{VerifyReason::answer, "the question became an answer"};
    if (added.count > std::min(content / kWordsForOneAdded, kMostChanged) || added.longest >= kLongestAdded)
      return fault(VerifyReason::added, comparison_.got, got_[added.last], " was not said");
    if (lost.count > std::min(content / kWordsForOneLost, kMostChanged) || lost.longest >= kLongestLost)
      return fault(VerifyReason::lost, comparison_.said, said_[lost.last], " is gone");
    return std::nullopt;
  }

  // "he" became "she", or "can" became "must": in one gap, in a short text anywhere.
  Finding small_words() {
    constexpr WordClasses kPerson = classes(WordClass::pronoun, WordClass::object, WordClass::possessive);
    const bool anywhere = said_.size() <= kShortForPersons;
    std::size_t start = 0;
    for (std::size_t i = 0; i < said_.size(); ++i) {
      if (comparison_.alignment.said[i] != kUnmatched) {
        start = comparison_.alignment.said[i] + 1;
        continue;
      }
      if (!unexplained(i) || !said_[i].is(kPerson | classes(WordClass::auxiliary))) continue;
      for (std::size_t at = anywhere ? 0 : start; at < got_.size(); ++at) {
        const bool open = comparison_.alignment.got[at] == kUnmatched;
        if (!open && !anywhere) break;
        if (!open || !added_[at]) continue;
        for (const WordClasses kind : {kPerson, classes(WordClass::auxiliary)}) {
          if (said_[i].is(kind) && got_[at].is(kind) && !alike(said_[i], got_[at], comparison_.language))
            return fault(VerifyReason::added, comparison_.got, got_[at], " was not said");
        }
      }
    }
    return dropped_words();
  }

  // "The deadline is Friday" is more than "Deadline: Friday".
  Finding dropped_words() {
    constexpr WordClasses kClause = classes(WordClass::pronoun, WordClass::be, WordClass::auxiliary);
    std::size_t dropped = 0;
    std::size_t clause = kUnmatched;
    for (std::size_t i = 0; i < said_.size(); ++i) {
      constexpr WordClasses kNoLoss = classes(WordClass::padding, WordClass::opener, WordClass::hesitation);
      const bool small = said_[i].is(kGrammarWords) && !said_[i].is(kNoLoss);
      if (!small || !unexplained(i) || is_repeated(i)) continue;
      ++dropped;
      if (said_[i].is(kClause)) clause = i;
    }
    if (clause != kUnmatched && dropped >= 2 && dropped * 10 >= said_.size() * 4)
      return fault(VerifyReason::lost, comparison_.said, said_[clause], " is gone");
    return std::nullopt;
  }

  bool is_repeated(std::size_t said) const { return counts_.at(said_[said].ids[0]) > 1; }

  bool unexplained(std::size_t said) const {
    return comparison_.alignment.said[said] == kUnmatched && !comparison_.taken_back[said] &&
           !account_.moved_from[said];
  }

  Finding question() {
    if (is_question(comparison_) && !begins_like_question(comparison_))
      return Fault{VerifyReason::answer, "the question is none any more"};
    if (is_obeyed(comparison_)) return Fault{VerifyReason::answer, "the order was obeyed"};
    if (became_question(comparison_)) return Fault{VerifyReason::added, "it became a question"};
    return std::nullopt;
  }

  const Comparison& comparison_;
  const CompareWords& said_;
  const CompareWords& got_;
  const Account account_;
  const std::vector<bool>& lost_;
  const std::vector<bool>& added_;
  std::unordered_map<int, int> counts_;  // of the said words
};

}  // namespace

Finding find_unfaithful(const Comparison& comparison, Verdict& measures) {
  return Strict(comparison).run(measures);
}

}  // namespace diktate
