#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "text/verify_checks.h"

namespace diktate {
namespace {

constexpr std::size_t kFewestMissing = 2;
constexpr double kPoor = 0.4;  // share of the known words that is missing
constexpr std::size_t kLongRun = 3;

using Words = std::unordered_set<std::string, WordHash, std::equal_to<>>;

// "runs", "running" and "ran" are also "run".
void add_forms(const CompareWord& word, Words& forms) {
  static constexpr std::array<std::string_view, 8> kEndings = {"s",   "es", "ed", "d",
                                                               "ing", "ly", "er", "est"};
  const std::string& key = word.key;
  forms.insert(key);
  for (const std::string_view ending : kEndings) {
    if (key.size() < ending.size() + 2 || !key.ends_with(ending)) continue;
    std::string base = key.substr(0, key.size() - ending.size());
    forms.insert(base);
    forms.insert(base + "e");
    if (base.back() == 'i') forms.insert(base.substr(0, base.size() - 1) + "y");
    if (base.size() > 3 && base.back() == base[base.size() - 2]) base.pop_back();
    forms.insert(std::move(base));
  }
  if (word.entry == nullptr) return;
  for (const Phrase& phrase : word.entry->phrases) {
    if (phrase.group != PhraseGroup::same_as || phrase.words.size() != 1) continue;
    for (std::string_view rest = phrase.value; !rest.empty();) {
      const std::size_t space = std::min(rest.find(' '), rest.size());
      forms.emplace(rest.substr(0, space));
      rest.remove_prefix(std::min(space + 1, rest.size()));
    }
  }
}

// Words of one text that the table knows, and of these what the other text has nothing for.
struct Coverage {
  std::size_t known = 0;
  std::size_t missing = 0;
  std::size_t run = 0;            // the most missing ones between two that are there
  std::size_t last = kUnmatched;  // of these
  bool is_poor() const {
    return missing >= kFewestMissing && static_cast<double>(missing) >= kPoor * static_cast<double>(known);
  }
};

class Counter {
 public:
  void count(std::size_t index, bool there) {
    ++coverage_.known;
    coverage_.missing += there ? 0 : 1;
    run_ = there ? 0 : run_ + 1;
    if (!there) coverage_.last = index;
    coverage_.run = std::max(coverage_.run, run_);
  }
  const Coverage& coverage() const { return coverage_; }

 private:
  Coverage coverage_;
  std::size_t run_ = 0;
};

// An English text and one in a language that has a table.
class Coverer {
 public:
  Coverer(const CompareWords& english, const CompareWords& other, const Meanings& table)
      : english_(english), other_(other), table_(table) {
    for (const CompareWord& word : english_) add_forms(word, forms_);
    for (const CompareWord& word : other_) {
      keys_.insert(word.key);
      const auto* meanings = table_.of(word.key);
      if (meanings != nullptr) meant_.insert(meanings->begin(), meanings->end());
    }
  }

  // "The price went up" and "el precio bajó": an English word whose opposite the other text means, and not
  // itself.
  bool is_opposite(const Meanings& opposites) const {
    return std::any_of(english_.begin(), english_.end(), [&](const CompareWord& word) {
      const auto* others = opposites.of(word.key);
      if (others == nullptr || is_meant(word)) return false;
      return std::any_of(others->begin(), others->end(), [&](const std::string& other) {
        return meant_.count(other) != 0 && forms_.count(other) == 0;
      });
    });
  }

  Coverage of_english() const {
    Counter counter;
    for (std::size_t i = 0; i < english_.size(); ++i) {
      if (!counts(english_[i]) || keys_.count(english_[i].key) != 0) continue;
      Words forms;
      add_forms(english_[i], forms);
      const auto is_any = [&](const auto& test) { return std::any_of(forms.begin(), forms.end(), test); };
      if (!is_any([&](const std::string& form) { return table_.is_meant(form); })) continue;
      counter.count(i, is_any([&](const std::string& form) { return meant_.count(form) != 0; }));
    }
    return counter.coverage();
  }

  Coverage of_other() const {
    Counter counter;
    for (std::size_t i = 0; i < other_.size(); ++i) {
      const bool is_same = forms_.count(other_[i].key) != 0;
      const auto* meanings = counts(other_[i]) && !is_same ? table_.of(other_[i].key) : nullptr;
      if (meanings == nullptr) continue;
      counter.count(i, std::any_of(meanings->begin(), meanings->end(),
                                   [&](const std::string& meaning) { return forms_.count(meaning) != 0; }));
    }
    return counter.coverage();
  }

 private:
  bool is_meant(const CompareWord& word) const {
    Words forms;
    add_forms(word, forms);
    return std::any_of(forms.begin(), forms.end(),
                       [&](const std::string& form) { return meant_.count(form) != 0; });
  }

  // Small words are often none in the other language, but for those that begin a clause.
  static bool counts(const CompareWord& word) {
    constexpr WordClasses kLight = classes(WordClass::be, WordClass::auxiliary, WordClass::object,
                                           WordClass::pronoun, WordClass::preposition, WordClass::weekday);
    if (word.kind != CompareWord::Kind::word || word.is(kNegations | kLight)) return false;
    return is_content(word) || (word.is(classes(WordClass::conjunction)) && word.key.size() > 1);
  }

  const CompareWords& english_;
  const CompareWords& other_;
  const Meanings& table_;
  Words forms_;  // of the English text
  Words keys_;   // of the other one
  Words meant_;
};

// A number is one, however many digits it has.
double count_words(const CompareWords& words) {
  double count = 0;
  for (std::size_t i = 0; i < words.size(); ++i)
    count += i > 0 && words[i].is_digit() && words[i - 1].is_digit() ? 0 : 1;
  return count;
}

// Words for each said one. English has pronouns where Spanish has endings.
struct Lengths {
  double shortest;  // from kShortestFrom words on
  double less;      // what is missing may be lost from here on
  double more;      // and what is new added
  double longest;
  double slack;  // words
};
constexpr Lengths kFromEnglish = {0.5, 0.9, 1.15, 1.4, 1.5};
constexpr Lengths kIntoEnglish = {0.65, 0.95, 1.25, 1.55, 1.5};
constexpr double kShortestFrom = 8;

}  // namespace

Finding find_other_content(const Comparison& comparison) {
  const CompareWords& said = comparison.said.words;
  const CompareWords& got = comparison.got.words;
  const bool from_english = comparison.language.meanings().empty();
  const Meanings& table = (from_english ? comparison.got_language : comparison.language).meanings();
  const Language& english = from_english ? comparison.language : comparison.got_language;
  if (table.empty() || english.name() != "en") return std::nullopt;
  const Coverer coverer(from_english ? said : got, from_english ? got : said, table);
  const Coverage lost = from_english ? coverer.of_english() : coverer.of_other();
  const Coverage added = from_english ? coverer.of_other() : coverer.of_english();
  if (coverer.is_opposite(english.opposites())) return Fault{VerifyReason::negation, "it says the opposite"};
  const Lengths& lengths = from_english ? kFromEnglish : kIntoEnglish;
  const double words = count_words(said);
  const double length = count_words(got) / words;
  const auto fault = [](VerifyReason reason, const ReadText& text, const Coverage& coverage,
                        const char* what) {
    return Fault{reason, quoted(text, text.words[coverage.last]) + what};
  };
  if (length > lengths.longest + lengths.slack / words)
    return Fault{VerifyReason::added, "it is much longer than what was said"};
  if (words >= kShortestFrom && length < lengths.shortest)
    return Fault{VerifyReason::lost, "it is much shorter than what was said"};
  if ((added.is_poor() && length > lengths.more) || (added.run >= kLongRun && length > 1))
    return fault(VerifyReason::added, comparison.got, added, " was not said");
  if ((lost.is_poor() && length < lengths.less) || (lost.run >= kLongRun && length < 1))
    return fault(VerifyReason::lost, comparison.said, lost, " is gone");
  if (lost.missing >= kLongRun && lost.missing == lost.known)
    return Fault{VerifyReason::lost, "nothing that was said is in it"};
  const std::size_t least = std::max<std::size_t>(kLongRun, lost.known * 3 / 4 + 1);
  if (lost.missing >= least && added.is_poor())
    return fault(VerifyReason::added, comparison.got, added, " was not said");
  return std::nullopt;
}

}  // namespace diktate
