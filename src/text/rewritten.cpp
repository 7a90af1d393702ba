#include <algorithm>
#include <unordered_set>
#include <vector>

#include "text/unicode.h"
#include "text/verify_checks.h"

namespace diktate {
namespace {

// How far a style may go. Shares are of content words; the slack is for short texts.
struct Limits {
  double least_kept;
  std::size_t kept_from;  // said content words from which that counts
  double most_inserted;
  std::size_t inserted_slack;
  double shortest;  // words of the result for each said
  std::size_t shortest_from;
  double longest;
  std::size_t longest_slack;
};
constexpr Limits kProfessional = {0.2, 8, 0.8, 6, 0.4, 10, 1.8, 12};
constexpr Limits kPrompt = {0.5, 3, 0.55, 3, 0.35, 10, 1.8, 12};
constexpr Limits kTranslated = {0, 0, 1, 0, 0.5, 8, 2, 5};  // where text/translated.cpp knows no closer ones

constexpr std::size_t kLeastForNone = 3;  // said content words of which one must be in it

using Ids = std::unordered_set<int>;

class Rewritten {
 public:
  Rewritten(const Comparison& comparison, const Limits& limits)
      : comparison_(comparison), said_(comparison.said.words), got_(comparison.got.words), limits_(limits) {
    for (const CompareWord& word : said_) {
      for (const int id : word.ids) {
        if (id != 0) said_ids_.insert(id);
      }
    }
    for (const CompareWord& word : got_) got_ids_.insert(word.ids.begin(), word.ids.end());
    got_ids_.erase(0);
  }

  Finding run(Verdict& measures) {
    measure(measures);
    for (const auto& check :
         {&Rewritten::figures, &Rewritten::names, &Rewritten::days, &Rewritten::negations,
          &Rewritten::question, &Rewritten::length, &Rewritten::again, &Rewritten::signature}) {
      if (const Finding found = (this->*check)()) return found;
    }
    if (said_content_ >= limits_.kept_from && measures.kept < limits_.least_kept)
      return Fault{VerifyReason::lost, "too little of what was said is in it"};
    const bool spoken_to = std::any_of(got_.begin(), got_.end(), [](const CompareWord& word) {
      return word.is(classes(WordClass::listener));
    });
    if (spoken_to && said_content_ >= kLeastForNone && measures.kept == 0)
      return Fault{VerifyReason::lost, "nothing of what was said is in it"};
    if (auto found = find_answer(comparison_, measures.kept)) return found;
    if (fresh_ > limits_.inserted_slack && measures.inserted > limits_.most_inserted)
      return Fault{VerifyReason::added, "too much in it was not said"};
    return std::nullopt;
  }

  Finding run_translated() {
    for (const auto& check : {&Rewritten::figures, &Rewritten::names, &Rewritten::days, &Rewritten::negations,
                              &Rewritten::question, &Rewritten::length, &Rewritten::again}) {
      if (const Finding found = (this->*check)()) return found;
    }
    return find_other_content(comparison_);
  }

 private:
  bool translated() const { return comparison_.options.style == VerifyStyle::translate; }

  static bool knows(const Ids& ids, const CompareWord& word) {
    return std::any_of(word.ids.begin(), word.ids.end(),
                       [&](int id) { return id != 0 && ids.count(id) != 0; });
  }

  bool was_said(std::size_t got) const {
    return comparison_.alignment.got[got] != kUnmatched || knows(said_ids_, got_[got]);
  }

  bool is_heading(const CompareWord& word) const {
    return comparison_.options.style == VerifyStyle::prompt && word.in(groups(PhraseGroup::heading));
  }

  void measure(Verdict& measures) {
    std::size_t kept = 0, content = 0;
    for (std::size_t i = 0; i < said_.size(); ++i) {
      if (!is_content(said_[i])) continue;
      const bool is_kept = comparison_.alignment.said[i] != kUnmatched || knows(got_ids_, said_[i]);
      if (!is_kept && comparison_.excused[i]) continue;
      ++said_content_;
      kept += is_kept ? 1 : 0;
    }
    for (std::size_t i = 0; i < got_.size(); ++i) {
      if (!is_content(got_[i]) || got_[i].marker) continue;
      const bool fresh = !was_said(i);
      if (fresh && is_heading(got_[i])) continue;
      ++content;
      fresh_ += fresh ? 1 : 0;
    }
    measures.kept = said_content_ == 0 ? 1 : static_cast<double>(kept) / static_cast<double>(said_content_);
    measures.inserted = content == 0 ? 0 : static_cast<double>(fresh_) / static_cast<double>(content);
    const std::size_t matched = static_cast<std::size_t>(
        std::count_if(comparison_.alignment.said.begin(), comparison_.alignment.said.end(),
                      [](std::size_t match) { return match != kUnmatched; }));
    std::size_t there = 0;
    for (const CompareWord& word : said_) there += knows(got_ids_, word) ? 1 : 0;
    measures.order = there <= matched ? 1 : static_cast<double>(matched) / static_cast<double>(there);
  }

  Finding figures() { return find_other_figures(comparison_); }

  Finding names() {
    for (std::size_t i = 0; i < got_.size(); ++i) {
      const CompareWord& word = got_[i];
      const std::string& text = comparison_.got.tokens[word.token].text;
      if (is_placeholder(i)) return Fault{VerifyReason::added, "it leaves a blank to fill in"};
      if (!word.name || is_known(word) || in_heading(i) || is_name_said(i)) continue;
      if (is_all_upper(text)) continue;
      return Fault{VerifyReason::name, quoted(comparison_.got, word) + " was not said"};
    }
    return std::nullopt;
  }

  // In a table for what it means. Common words have names among them: "London".
  static bool is_known(const CompareWord& word) {
    constexpr WordClasses kPlain =
        kGrammarWords | kNegations |
        classes(WordClass::verb, WordClass::adjective, WordClass::opener, WordClass::intensifier,
                WordClass::question, WordClass::weekday, WordClass::request, WordClass::negative);
    constexpr PhraseGroups kNamed = groups(PhraseGroup::label, PhraseGroup::same_as);
    return word.is(kPlain) || (word.entry != nullptr && (word.entry->groups & ~kNamed) != 0);
  }

  // "[Your Name]"
  bool is_placeholder(std::size_t i) const {
    const Tokens& tokens = comparison_.got.tokens;
    const std::size_t token = got_[i].token;
    const bool bracket = token > 0 && tokens[token - 1].is_mark("[");
    return bracket && starts_upper(tokens[token].text) && !knows(said_ids_, got_[i]);
  }

  // A line that is a heading, "## Output Format", "**Key Points:**", "Key Points:", or "Best Regards,".
  bool in_heading(std::size_t i) const {
    const Tokens& tokens = comparison_.got.tokens;
    std::size_t first = got_[i].token;
    while (first > 0 && tokens[first].gap < Gap::line) --first;
    std::size_t last = got_[i].token;
    while (last + 1 < tokens.size() && tokens[last + 1].gap < Gap::line && !tokens[last].is_mark(":")) ++last;
    return tokens[first].text.front() == '#' || tokens[first].text.front() == '*' ||
           tokens[last].is_mark(":") || (tokens[last].is_mark("*") && last - first < 8);
  }

  bool is_name_said(std::size_t got) const {
    if (translated() ? knows(said_ids_, got_[got]) : was_said(got)) return true;
    const std::string& key = got_[got].key;
    return std::any_of(said_.begin(), said_.end(), [&](const CompareWord& word) {
      const std::size_t most = std::min(word.key.size(), key.size());
      std::size_t same = 0;
      while (same < most && word.key[same] == key[same]) ++same;
      return same >= 4 && same * 2 >= std::max(word.key.size(), key.size());
    });
  }

  Finding days() {
    for (const CompareWord& word : got_) {
      const bool time = word.is(classes(WordClass::day)) && !translated();
      if ((is_day(word) || is_month(word) || time) && !knows(said_ids_, word))
        return Fault{VerifyReason::added, quoted(comparison_.got, word) + " was not said"};
    }
    if (!translated() && denies(comparison_) && days_of(said_) != days_of(got_) && days_of(got_).size() > 1)
      return Fault{VerifyReason::order, "the days stand in another order"};
    // "May" counts as a month only where another was said: "in March" became "in May".
    const bool month = translated() && std::any_of(got_.begin(), got_.end(), [](const CompareWord& word) {
                         return word.in(groups(PhraseGroup::month));
                       });
    for (std::size_t i = 0; i < said_.size(); ++i) {
      const bool dated = is_day(said_[i]) || (month && is_month(said_[i]));
      if (dated && !comparison_.taken_back[i] && !knows(got_ids_, said_[i]))
        return Fault{VerifyReason::lost, quoted(comparison_.said, said_[i]) + " is gone"};
    }
    return std::nullopt;
  }

  static std::vector<int> days_of(const CompareWords& words) {
    std::vector<int> days;
    for (const CompareWord& word : words) {
      if (word.is(classes(WordClass::weekday))) days.push_back(word.ids[0]);
    }
    return days;
  }

  // A weekday, or another name that the language knows: "July", "London".
  bool is_day(const CompareWord& word) const {
    if (word.is(classes(WordClass::weekday))) return true;
    return !translated() && word.is(classes(WordClass::capital)) &&
           !word.is(classes(WordClass::pronoun, WordClass::be));
  }

  // "May" is as often none.
  static bool is_month(const CompareWord& word) {
    return word.in(groups(PhraseGroup::month)) && !word.is(classes(WordClass::auxiliary));
  }

  Finding negations() { return find_other_negation(comparison_); }

  Finding question() {
    if (is_question(comparison_) && !still_asks(comparison_))
      return Fault{VerifyReason::answer, "the question is none any more"};
    return std::nullopt;
  }

  // A sentence over and over, which the speaker did not say twice.
  Finding again() {
    std::vector<std::vector<int>> sentences;
    for (const CompareWord& word : got_) {
      if (word.placed || sentences.empty()) sentences.emplace_back();
      sentences.back().push_back(word.ids[0]);
    }
    for (std::size_t i = 1; i < sentences.size(); ++i) {
      const bool same = sentences[i].size() > 1 && sentences[i] == sentences[i - 1];
      if (same && got_.size() > said_.size()) return Fault{VerifyReason::added, "it repeats itself"};
    }
    return std::nullopt;
  }

  // A last line of one to three words behind one with a comma: "Best regards," and a name.
  Finding signature() {
    const Tokens& tokens = comparison_.got.tokens;
    std::size_t line = tokens.size();
    while (line > 1 && tokens[line - 1].gap < Gap::line) --line;
    if (line < 2 || !tokens[line - 2].is_mark(",") || tokens.size() + 1 - line > 3) return std::nullopt;
    for (std::size_t i = got_.size(); i-- > 0 && got_[i].token + 1 >= line;) {
      const bool capital = starts_upper(tokens[got_[i].token].text);
      if (capital && is_content(got_[i]) && !knows(said_ids_, got_[i]))
        return Fault{VerifyReason::name, quoted(comparison_.got, got_[i]) + " was not said"};
    }
    return std::nullopt;
  }

  Finding length() {
    const auto& taken_back = comparison_.taken_back;
    const double gone = static_cast<double>(std::count(taken_back.begin(), taken_back.end(), true));
    const double said = static_cast<double>(said_.size()) - gone;
    const double got = static_cast<double>(got_.size());
    if (said >= static_cast<double>(limits_.shortest_from) && got < said * limits_.shortest)
      return Fault{VerifyReason::lost, "it is much shorter than what was said"};
    if (got > said * limits_.longest + static_cast<double>(limits_.longest_slack))
      return Fault{VerifyReason::added, "it is much longer than what was said"};
    return std::nullopt;
  }

  const Comparison& comparison_;
  const CompareWords& said_;
  const CompareWords& got_;
  const Limits& limits_;
  Ids said_ids_;
  Ids got_ids_;
  std::size_t said_content_ = 0;
  std::size_t fresh_ = 0;
};

}  // namespace

Finding find_unlike(const Comparison& comparison, Verdict& measures) {
  const bool prompt = comparison.options.style == VerifyStyle::prompt;
  return Rewritten(comparison, prompt ? kPrompt : kProfessional).run(measures);
}

Finding find_mistranslated(const Comparison& comparison, Verdict& /*measures*/) {
  return Rewritten(comparison, kTranslated).run_translated();
}

}  // namespace diktate
