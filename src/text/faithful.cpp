#include <algorithm>
#include <cmath>

#include "text/verify_checks.h"

namespace diktate {
namespace {

constexpr std::size_t kWordsForOneLost = 12;   // content words of which one may be gone
constexpr std::size_t kWordsForOneAdded = 30;  // of which one may be new
constexpr std::size_t kMostChanged = 12;       // of either, however long the text is
constexpr std::size_t kLongestLost = 3;        // in one place
constexpr std::size_t kLongestAdded = 2;
constexpr double kLeastOrder = 0.7;
constexpr std::size_t kShort = 8;  // words of which none may have moved
constexpr std::size_t kMostMarkers = 99;

bool is_fraction(std::string_view part, std::string_view decimals) {
  return (part == "12" && decimals == "5") || (part == "14" && decimals == "25") ||
         (part == "34" && decimals == "75");
}

class Strict {
 public:
  explicit Strict(const Comparison& comparison)
      : comparison_(comparison),
        said_(comparison.said.words),
        got_(comparison.got.words),
        lost_(said_.size()),
        added_(got_.size()) {
    for (std::size_t i = 0; i < said_.size(); ++i)
      lost_[i] = comparison.alignment.said[i] == kUnmatched && !comparison.excused[i];
    for (std::size_t i = 0; i < got_.size(); ++i) added_[i] = comparison.alignment.got[i] == kUnmatched;
  }

  Finding run(Verdict& measures) {
    markers();
    decimals();
    full_hours();
    pair_moved();
    pair_signs();
    measure(measures);
    for (const auto& check : {&Strict::digits, &Strict::names, &Strict::negations, &Strict::parts,
                              &Strict::content, &Strict::small_words, &Strict::question}) {
      if (const Finding found = (this->*check)()) return found;
    }
    const bool short_one = said_.size() <= kShort && moved_content_ > 0;
    if (measures.order < kLeastOrder || short_one)
      return Fault{VerifyReason::order, "the words stand in another order"};
    return std::nullopt;
  }

 private:
  Finding fault(VerifyReason reason, const ReadText& text, const CompareWord& word, const char* what) const {
    return Fault{reason, quoted(text, word) + what};
  }

  // The figures of a list that the model made: 1, 2, 3 at the starts of lines.
  void markers() {
    std::size_t expected = 1;
    for (std::size_t i = 0; i < got_.size(); ++i) {
      if (!got_[i].marker) continue;
      const std::string number = std::to_string(std::min(expected, kMostMarkers));
      std::string digits;
      for (std::size_t at = i; at < got_.size() && got_[at].token == got_[i].token; ++at)
        digits += got_[at].key;
      if (digits != number) return;
      for (std::size_t at = i; at < got_.size() && got_[at].token == got_[i].token; ++at) added_[at] = false;
      ++expected;
    }
  }

  // The noughts of "2:00".
  void full_hours() {
    for (std::size_t i = 1; i + 1 < got_.size(); ++i) {
      const bool noughts =
          got_[i].key == "0" && got_[i + 1].key == "0" && got_[i].border && added_[i] && added_[i + 1];
      const std::string& text = comparison_.got.tokens[got_[i].token].text;
      if (noughts && got_[i - 1].token == got_[i].token && text.find(':') != std::string::npos)
        added_[i] = added_[i + 1] = false;
    }
  }

  // "a half" and ".5"
  void decimals() {
    for (std::size_t i = 0, got = 0; i < said_.size(); ++i) {
      if (comparison_.alignment.said[i] != kUnmatched) {
        got = comparison_.alignment.said[i] + 1;
        continue;
      }
      if (!said_[i].fraction || i + 1 >= said_.size() || !said_[i + 1].fraction || !lost_[i]) continue;
      std::string part = said_[i].key + said_[i + 1].key;
      std::string digits;
      std::size_t end = got;
      while (end < got_.size() && got_[end].is_digit() && added_[end]) digits += got_[end++].key;
      if (!is_fraction(part, digits) || !got_[got].point) continue;
      lost_[i] = lost_[i + 1] = false;
      for (std::size_t at = got; at < end; ++at) added_[at] = false;
    }
  }

  // Words that stand elsewhere now. Of numbers only whole ones.
  void pair_moved() {
    std::vector<std::pair<int, std::size_t>> open;
    for (std::size_t i = 0; i < said_.size(); ++i) {
      if (comparison_.alignment.said[i] == kUnmatched) open.emplace_back(said_[i].ids[0], i);
    }
    std::sort(open.begin(), open.end());
    for (std::size_t i = 0; i < got_.size(); ++i) {
      if (!added_[i]) continue;
      auto from = std::lower_bound(open.begin(), open.end(), std::pair{got_[i].ids[0], std::size_t{0}});
      while (from != open.end() && from->first == got_[i].ids[0] && from->second == kUnmatched) ++from;
      if (from == open.end() || from->first != got_[i].ids[0]) continue;
      const std::size_t count = got_[i].is_digit() ? whole_number(from->second, i) : 1;
      if (count == 0) continue;
      const bool taken_back = comparison_.taken_back[from->second] && is_content(got_[i]);
      for (std::size_t at = 0; at < count; ++at) {
        lost_[from->second + at] = false;
        added_[i + at] = false;
      }
      moved_ += taken_back ? 0 : 1;
      moved_content_ += is_content(got_[i]) && !taken_back && !beside_number(from->second) ? 1 : 0;
      from->second = kUnmatched;
    }
  }

  // A date has more than one order.
  bool beside_number(std::size_t said) const {
    const std::size_t first = said > 2 ? said - 2 : 0;
    const auto begin = said_.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = said_.begin() + static_cast<std::ptrdiff_t>(std::min(said + 3, said_.size()));
    return std::any_of(begin, end, [](const CompareWord& word) { return word.is_digit(); });
  }

  // How many digits the two numbers have, if they are the same and wholly unmatched.
  std::size_t whole_number(std::size_t said, std::size_t got) const {
    if (!said_[said].border || !got_[got].border) return 0;
    std::size_t count = 0;
    const auto inside = [&](const CompareWords& words, std::size_t at) {
      return at < words.size() && words[at].is_digit() && (count == 0 || !words[at].border);
    };
    while (inside(said_, said + count) && inside(got_, got + count)) {
      if (said_[said + count].ids[0] != got_[got + count].ids[0] || !added_[got + count] ||
          comparison_.alignment.said[said + count] != kUnmatched)
        return 0;
      ++count;
    }
    return inside(said_, said + count) || inside(got_, got + count) ? 0 : count;
  }

  // A currency may stand before its number, or after it; and its sign is that of its cents too.
  void pair_signs() {
    const auto has = [](const CompareWords& words, const CompareWord& sign) {
      return std::any_of(words.begin(), words.end(), [&](const CompareWord& word) {
        const bool cents = word.key != "%" && sign.key != "%" && (word.key == "¢" || sign.key == "¢");
        return word.kind == CompareWord::Kind::sign && (word.ids[0] == sign.ids[0] || cents);
      });
    };
    for (std::size_t i = 0; i < said_.size(); ++i) {
      if (said_[i].kind == CompareWord::Kind::sign && lost_[i]) lost_[i] = !has(got_, said_[i]);
    }
    for (std::size_t i = 0; i < got_.size(); ++i) {
      if (got_[i].kind == CompareWord::Kind::sign && added_[i]) added_[i] = !has(said_, got_[i]);
    }
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
    const std::size_t placed = matched + moved_;
    measures.order = placed == 0 ? 1 : static_cast<double>(matched) / static_cast<double>(placed);
  }

  // A "one" is as often no number.
  bool is_one(const ReadText& text, const CompareWord& word) const {
    return word.key == "1" && word.border && text.tokens[word.token].folded != "1";
  }

  Finding digits() {
    for (std::size_t i = 0; i < said_.size(); ++i) {
      const bool figure = said_[i].is_digit() || said_[i].kind == CompareWord::Kind::sign;
      if (lost_[i] && figure && !is_one(comparison_.said, said_[i]))
        return fault(VerifyReason::number, comparison_.said, said_[i], " is lost or changed");
    }
    for (std::size_t i = 0; i < got_.size(); ++i) {
      const bool figure = got_[i].is_digit() || got_[i].kind == CompareWord::Kind::sign;
      if (added_[i] && figure && !is_one(comparison_.got, got_[i]))
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
      const bool broken = got_[i].point ? !said.point && !said.border : said.point && !got_[i].border;
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
      if (!open[i] || !is_content(words[i])) continue;
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

  // In one gap "he" became "she", or "can" became "must".
  Finding small_words() {
    constexpr WordClasses kPerson =
        classes(WordClass::pronoun, WordClass::object, WordClass::possessive) & ~WordClasses{0};
    for (std::size_t i = 0, got = 0; i < said_.size(); ++i) {
      if (comparison_.alignment.said[i] != kUnmatched) {
        got = comparison_.alignment.said[i] + 1;
        continue;
      }
      for (std::size_t at = got; at < got_.size() && comparison_.alignment.got[at] == kUnmatched; ++at) {
        if (!added_[at] || !unexplained(i)) continue;
        for (const WordClasses kind : {kPerson, classes(WordClass::auxiliary)}) {
          if (said_[i].is(kind) && got_[at].is(kind) && said_[i].ids[0] != got_[at].ids[0])
            return fault(VerifyReason::added, comparison_.got, got_[at], " was not said");
        }
      }
    }
    return std::nullopt;
  }

  bool unexplained(std::size_t said) const {
    return comparison_.alignment.said[said] == kUnmatched && !comparison_.taken_back[said];
  }

  Finding question() {
    if (is_question(comparison_) && !begins_like_question(comparison_))
      return Fault{VerifyReason::answer, "the question is none any more"};
    return std::nullopt;
  }

  const Comparison& comparison_;
  const CompareWords& said_;
  const CompareWords& got_;
  std::vector<bool> lost_;
  std::vector<bool> added_;
  std::size_t moved_ = 0;
  std::size_t moved_content_ = 0;
};

}  // namespace

Finding find_unfaithful(const Comparison& comparison, Verdict& measures) {
  return Strict(comparison).run(measures);
}

}  // namespace diktate
