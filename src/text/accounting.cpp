#include "text/accounting.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace diktate {
namespace {

constexpr std::size_t kMostMarkers = 99;
constexpr std::size_t kMostMoved = 8;
constexpr std::size_t kNearNumbers = 12;  // words

bool is_fraction(std::string_view part, std::string_view decimals) {
  return (part == "12" && decimals == "5") || (part == "14" && decimals == "25") ||
         (part == "34" && decimals == "75");
}

class Accountant {
 public:
  Accountant(const Comparison& comparison, Account& account)
      : comparison_(comparison),
        said_(comparison.said.words),
        got_(comparison.got.words),
        lost_(account.lost),
        added_(account.added),
        moved_from_(account.moved_from),
        moved_(account.moved),
        moved_content_(account.moved_content),
        moved_persons_(account.moved_persons) {}

  void run() {
    for (std::size_t i = 0; i < said_.size(); ++i)
      lost_.push_back(comparison_.alignment.said[i] == kUnmatched && !comparison_.excused[i]);
    for (const std::size_t match : comparison_.alignment.got) added_.push_back(match == kUnmatched);
    moved_from_.assign(said_.size(), false);
    markers();
    decimals();
    full_hours();
    spoken_times();
    pair_moved();
    pair_signs();
  }

 private:
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
      const auto first_digit = added_.begin() + static_cast<std::ptrdiff_t>(i);
      const auto last_digit = added_.begin() + static_cast<std::ptrdiff_t>(end);
      if (parts.size() != 2 || std::find(first_digit, last_digit, true) == last_digit) continue;
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
      if (count == 0 || (got_[i].is_digit() && changes_places(from, i))) continue;
      found->second.pop_back();
      if (got_[i].is_digit()) moved_numbers_.emplace_back(from, i);
      if (moved_numbers_.size() > kMostMoved) moved_numbers_.erase(moved_numbers_.begin());
      for (std::size_t at = 0; at < count; ++at) {
        lost_[from + at] = added_[i + at] = false;
        moved_from_[from + at] = true;
      }
      const bool in_order = (comparison_.taken_back[from] && is_content(got_[i])) || beside_number(from);
      const bool counts = !in_order && got_[i].kind == CompareWord::Kind::word;
      moved_ += counts ? 1 : 0;
      moved_content_ += counts && is_content(got_[i]) ? 1 : 0;
      const bool person = got_[i].is(classes(WordClass::self, WordClass::listener));
      moved_persons_ += counts && person && !comparison_.taken_back[from] ? 1 : 0;
    }
  }

  // A date has more than one order.
  bool beside_number(std::size_t said) const {
    const std::size_t first = said > 2 ? said - 2 : 0;
    const auto begin = said_.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = said_.begin() + static_cast<std::ptrdiff_t>(std::min(said + 3, said_.size()));
    return std::any_of(begin, end, [](const CompareWord& word) { return word.is_digit(); });
  }

  // "3 to 2" became "2 to 3": between the two places stands another number, which both texts have.
  bool changes_places(std::size_t said, std::size_t got) const {
    const auto& matches = comparison_.alignment.got;
    const std::size_t first = got > kNearNumbers ? got - kNearNumbers : 0;
    const std::size_t end = std::min(got_.size(), got + kNearNumbers);
    for (std::size_t i = first; i < end; ++i) {
      if (!got_[i].is_digit() || matches[i] == kUnmatched || !said_[matches[i]].is_digit()) continue;
      if ((i < got) != (matches[i] < said)) return true;
    }
    return std::any_of(moved_numbers_.begin(), moved_numbers_.end(), [&](const auto& moved) {
      return moved.second + kNearNumbers > got && (moved.first < said) != (moved.second < got);
    });
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

  const Comparison& comparison_;
  const CompareWords& said_;
  const CompareWords& got_;
  std::vector<bool>& lost_;
  std::vector<bool>& added_;
  std::vector<bool>& moved_from_;
  std::size_t& moved_;
  std::size_t& moved_content_;
  std::size_t& moved_persons_;
  std::vector<std::pair<std::size_t, std::size_t>> moved_numbers_;  // the last ones: from, to
};

}  // namespace

Account account_for(const Comparison& comparison) {
  Account account;
  Accountant(comparison, account).run();
  return account;
}

}  // namespace diktate
