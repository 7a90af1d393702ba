#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "text/verify_checks.h"

namespace diktate {
namespace {

constexpr std::size_t kMostLabelled = 20;  // numbers of one label that are compared
constexpr std::size_t kMostTries = 2000;   // places at which a number is looked for

// Digits that stand together.
struct FigureRun {
  std::size_t first = 0, end = 0;
};

std::vector<FigureRun> runs_of(const CompareWords& words) {
  std::vector<FigureRun> runs;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].is_digit()) continue;
    const bool goes_on = !runs.empty() && runs.back().end == i && !words[i].marker;
    if (goes_on) {
      runs.back().end = i + 1;
    } else {
      runs.push_back({i, i + 1});
    }
  }
  return runs;
}

bool ends_number(const CompareWords& words, std::size_t end) {
  return end >= words.size() || !words[end].is_digit() || words[end].border || words[end].point;
}

class FigureCheck {
 public:
  explicit FigureCheck(const Comparison& comparison)
      : comparison_(comparison),
        said_(comparison.said.words),
        got_(comparison.got.words),
        used_(said_.size(), false) {
    for (const FigureRun& run : runs_of(said_)) {
      for (std::size_t i = run.first; i < run.end; ++i) starts_.push_back(i);
    }
  }

  Finding run() {
    for (const FigureRun& run : runs_of(got_)) {
      if (got_[run.first].marker && run.end - run.first <= 2) continue;
      if (find(run)) continue;
      for (std::size_t first = run.first; first < run.end;) {
        std::size_t end = first + 1;
        while (end < run.end && !got_[end].border) ++end;
        if (!find({first, end}) && !is_afternoon({first, end}) && !is_small(got_, first, end))
          return Fault{VerifyReason::number,
                       "the number in " + quoted(comparison_.got, got_[first]) + " was not said"};
        first = end;
      }
    }
    if (auto lost = find_lost()) return lost;
    if (auto currency = find_other_currency()) return currency;
    return find_other_label();
  }

 private:
  // "Nine hundred pounds" became "€900". Cents are of more than one.
  Finding find_other_currency() const {
    const auto only_here = [](const CompareWords& here, const CompareWords& there) {
      return std::find_if(here.begin(), here.end(), [&](const CompareWord& sign) {
        const auto same = [&](const CompareWord& word) { return word.ids[0] == sign.ids[0]; };
        const bool currency =
            sign.kind == CompareWord::Kind::sign && sign.key != "%" && sign.key != "¢" && sign.key != "-";
        return currency && std::none_of(there.begin(), there.end(), same);
      });
    };
    const auto fresh = only_here(got_, said_);
    if (fresh == got_.end() || only_here(said_, got_) == said_.end()) return std::nullopt;
    return Fault{VerifyReason::number,
                 "the currency of " + quoted(comparison_.got, *fresh) + " was not said"};
  }

  // Marks the said digits that the run repeats. Rather those that no other has used, and rather the next
  // ones.
  bool find(const FigureRun& run) {
    const std::size_t most = std::min(starts_.size(), kMostTries);
    for (const bool again : {false, true}) {
      for (std::size_t i = 0; i < most; ++i) {
        const std::size_t place = (next_ + i) % starts_.size();
        const std::size_t start = starts_[place];
        if ((used_[start] && !again) || !matches(run, start)) continue;
        for (std::size_t at = 0; at < run.end - run.first; ++at) used_[start + at] = true;
        next_ = place + 1;
        return true;
      }
    }
    return false;
  }

  bool matches(const FigureRun& run, std::size_t start) const {
    if (!said_[start].border && !said_[start].point) return false;
    const std::size_t count = run.end - run.first;
    for (std::size_t i = 0; i < count; ++i) {
      if (start + i >= said_.size() || said_[start + i].ids[0] != got_[run.first + i].ids[0]) return false;
      if (i > 0 && !same_parts(said_[start + i], got_[run.first + i], count)) return false;
    }
    return ends_number(said_, start + count);
  }

  static bool same_parts(const CompareWord& said, const CompareWord& got, std::size_t count) {
    if (said.grouped || got.grouped) return true;
    if (got.point) return (said.point || said.border) && !said.fraction;
    if (said.point) return got.border;
    return !got.border || said.border || count >= 7;
  }

  // "17:00" is five in the afternoon.
  bool is_afternoon(const FigureRun& run) {
    if (run.end - run.first != 2) return false;
    const int hour = (got_[run.first].key[0] - '0') * 10 + (got_[run.first + 1].key[0] - '0') - 12;
    if (hour < 1 || hour > 12) return false;
    const std::string digits = std::to_string(hour);
    for (const std::size_t start : starts_) {
      bool same = start + digits.size() <= said_.size() && said_[start].border &&
                  ends_number(said_, start + digits.size());
      for (std::size_t i = 0; same && i < digits.size(); ++i) same = said_[start + i].key[0] == digits[i];
      if (!same) continue;
      for (std::size_t i = 0; i < digits.size(); ++i) used_[start + i] = true;
      return true;
    }
    return false;
  }

  // A lone one, and the noughts of a full hour.
  bool is_small(const CompareWords& words, std::size_t first, std::size_t end) const {
    if (end - first == 1) return words[first].key == "1" && words[first].border;
    return end - first == 2 && words[first].key == "0" && words[first + 1].key == "0" && first > 0 &&
           words[first - 1].is_digit();
  }

  // The digits behind a word such as "room".
  static std::string labelled(const CompareWords& words, std::size_t label) {
    std::string digits;
    for (std::size_t i = label + 1; i < words.size() && words[i].is_digit(); ++i) digits += words[i].key;
    return digits;
  }

  // "At ten in room four" became "in room 10 at 4". What else stands behind the number may differ.
  Finding find_other_label() const {
    std::unordered_map<int, std::vector<std::string>> said;
    for (std::size_t i = 0; i < said_.size(); ++i) {
      if (!said_[i].in(groups(PhraseGroup::label))) continue;
      std::vector<std::string>& numbers = said[said_[i].ids[0]];
      std::string digits = labelled(said_, i);
      if (!digits.empty() && numbers.size() < kMostLabelled) numbers.push_back(std::move(digits));
    }
    for (std::size_t i = 0; i < got_.size(); ++i) {
      const auto found = said.find(got_[i].ids[0]);
      const std::string digits = found == said.end() ? "" : labelled(got_, i);
      if (digits.empty() || found->second.empty() || found->second.size() == kMostLabelled) continue;
      const bool known =
          std::any_of(found->second.begin(), found->second.end(), [&](const std::string& number) {
            return number.starts_with(digits) || digits.starts_with(number);
          });
      if (!known)
        return Fault{VerifyReason::number, quoted(comparison_.got, got_[i]) + " has another number"};
    }
    return std::nullopt;
  }

  Finding find_lost() const {
    for (std::size_t i = 0; i < said_.size(); ++i) {
      if (!said_[i].is_digit() || used_[i] || comparison_.taken_back[i] || said_[i].marker) continue;
      if (said_[i].key == "0" && said_[i].border && ends_number(said_, i + 1)) continue;  // "zero" is "no"
      if (said_[i].key == "1" && said_[i].border && ends_number(said_, i + 1)) continue;
      return Fault{VerifyReason::number, "the number in " + quoted(comparison_.said, said_[i]) + " is gone"};
    }
    return std::nullopt;
  }

  const Comparison& comparison_;
  const CompareWords& said_;
  const CompareWords& got_;
  std::vector<bool> used_;
  std::vector<std::size_t> starts_;
  std::size_t next_ = 0;  // of these, where the search begins
};

}  // namespace

Finding find_other_figures(const Comparison& comparison) { return FigureCheck(comparison).run(); }

}  // namespace diktate
