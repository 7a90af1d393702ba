#include <algorithm>
#include <unordered_map>

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
constexpr std::size_t kShort = 8;             // words of which none may have moved
constexpr std::size_t kMostMarkers = 99;

bool is_fraction(std::string_view part, std::string_view decimals) {
  return (part == "12" && decimals == "5") || (part == "14" && decimals == "25") ||
         (part == "34" && decimals == "75");
}

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
        lost_(said_.size()),
        added_(got_.size()),
        moved_from_(said_.size(), false) {
    for (std::size_t i = 0; i < said_.size(); ++i)
      lost_[i] = comparison.alignment.said[i] == kUnmatched && !comparison.excused[i];
    for (const CompareWord& word : said_) ++counts_[word.ids[0]];
    for (std::size_t i = 0; i < got_.size(); ++i) added_[i] = comparison.alignment.got[i] == kUnmatched;
  }

  Finding run(Verdict& measures) {
    if (has_picture(comparison_.got.text) && !has_picture(comparison_.said.text))
      return Fault{VerifyReason::added, "a picture was not said"};
    markers();
    decimals();
    full_hours();
    spoken_times();
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
      const std::size_t from = comparison_.alignment.got[i];  // "number one"
      if (from != kUnmatched && from > 0 && said_[from - 1].in(groups(PhraseGroup::label)))
        lost_[from - 1] = false;
      for (std::size_t at = i; at < got_.size() && got_[at].token == got_[i].token; ++at) added_[at] = false;
      ++expected;
    }
  }

  // "8:40" is "twenty to nine", or "nine less twenty", and "8:10" is "ten past eight".
  void spoken_times() {
    for (std::size_t i = 0; i < got_.size(); ++i) {
      const bool first = got_[i].is_digit() && (i == 0 || got_[i - 1].token != got_[i].token);
      if (!first || comparison_.got.tokens[got_[i].token].text.find(':') == std::string::npos) continue;
      std::vector<int> parts;
      std::size_t end = i;
      for (; end < got_.size() && got_[end].is_digit() && got_[end].token == got_[i].token; ++end) {
        if (got_[end].border) parts.push_back(0);
        if (!parts.empty()) parts.back() = std::min(parts.back() * 10 + (got_[end].key[0] - '0'), 1000);
      }
      if (parts.size() != 2) continue;
      const bool said = pair_said(parts[1], parts[0]) || pair_said(60 - parts[1], parts[0] % 12 + 1);
      for (std::size_t at = i; said && at < end; ++at) added_[at] = false;
    }
  }

  // Two numbers with a small word or two between, in either order. They are then accounted for.
  bool pair_said(int one, int other) {
    for (std::size_t i = 0; i < said_.size(); ++i) {
      for (const auto& [first, second] : {std::pair{one, other}, std::pair{other, one}}) {
        const std::size_t end = number_at(i, first);
        if (end == 0) continue;
        for (std::size_t next = end + 1; next <= end + 2 && next < said_.size(); ++next) {
          const std::size_t last = number_at(next, second);
          if (last == 0) continue;
          std::fill(lost_.begin() + static_cast<std::ptrdiff_t>(i),
                    lost_.begin() + static_cast<std::ptrdiff_t>(last), false);
          return true;
        }
      }
    }
    return false;
  }

  // Where the number ends that begins there, if it is this one; else 0.
  std::size_t number_at(std::size_t first, int value) const {
    if (!said_[first].is_digit() || !said_[first].border) return 0;
    std::size_t end = first;
    std::string digits;
    while (end < said_.size() && said_[end].is_digit() && (end == first || !said_[end].border))
      digits += said_[end++].key;
    return digits == std::to_string(value) ? end : 0;
  }

  // The noughts of "2:00", and that of "$0.50" for fifty cents.
  void full_hours() {
    const bool cents =
        std::any_of(said_.begin(), said_.end(), [](const CompareWord& word) { return word.key == "¢"; });
    for (std::size_t i = 0; cents && i + 1 < got_.size(); ++i) {
      if (got_[i].key == "0" && got_[i].border && got_[i + 1].point) added_[i] = false;
    }
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
    std::unordered_map<int, std::vector<std::size_t>> open;  // by key, the last first
    for (std::size_t i = said_.size(); i-- > 0;) {
      if (comparison_.alignment.said[i] == kUnmatched) open[said_[i].ids[0]].push_back(i);
    }
    for (std::size_t i = 0; i < got_.size(); ++i) {
      const auto found = added_[i] ? open.find(got_[i].ids[0]) : open.end();
      if (found == open.end() || found->second.empty()) continue;
      const std::size_t from = found->second.back();
      const std::size_t count = got_[i].is_digit() ? whole_number(from, i) : 1;
      if (count == 0) continue;
      found->second.pop_back();
      for (std::size_t at = 0; at < count; ++at) {
        lost_[from + at] = added_[i + at] = false;
        moved_from_[from + at] = true;
      }
      const bool in_order = (comparison_.taken_back[from] && is_content(got_[i])) || beside_number(from);
      const bool counts = !in_order && got_[i].kind == CompareWord::Kind::word;
      moved_ += counts ? 1 : 0;
      moved_content_ += counts && is_content(got_[i]) ? 1 : 0;
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
           !moved_from_[said];
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
  std::vector<bool> lost_;
  std::vector<bool> added_;
  std::vector<bool> moved_from_;
  std::unordered_map<int, int> counts_;  // of the said words
  std::size_t moved_ = 0;
  std::size_t moved_content_ = 0;
};

}  // namespace

Finding find_unfaithful(const Comparison& comparison, Verdict& measures) {
  return Strict(comparison).run(measures);
}

}  // namespace diktate
