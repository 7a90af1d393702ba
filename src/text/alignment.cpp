#include "text/alignment.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace diktate {
namespace {

constexpr std::size_t kMostCells = 40'000;  // of the table for one stretch
constexpr std::size_t kWindow = 200;        // words, where there are none to take a text apart at
constexpr std::size_t kMostJoined = 6;      // words that may stand for one
constexpr std::size_t kShortestJoined = 6;  // letters of such, if they are not exactly the word
constexpr std::size_t kMostInGap = 24;      // words of a gap in which joined ones are looked for

constexpr int kExactContent = 12;
constexpr int kExactLight = 8;
constexpr int kNearContent = 9;
constexpr int kNearLight = 5;

constexpr WordClasses kLightWord =
    classes(WordClass::article, WordClass::pronoun, WordClass::object, WordClass::possessive,
            WordClass::demonstrative, WordClass::preposition, WordClass::conjunction, WordClass::be,
            WordClass::auxiliary, WordClass::padding, WordClass::hesitation);

constexpr WordClasses kWeighty = classes(WordClass::negation, WordClass::denial, WordClass::contrast);

struct Stretch {
  std::size_t said = 0, said_end = 0;
  std::size_t got = 0, got_end = 0;
  bool repetitive = false;  // nothing to take it apart at was found
  std::size_t cells() const { return (said_end - said) * (got_end - got); }
  bool empty() const { return said == said_end || got == got_end; }
};

class Aligner {
 public:
  Aligner(const CompareWords& said, const CompareWords& got, const Language& language, Keys& keys)
      : said_(said), got_(got), language_(language), keys_(keys) {
    result_.said.assign(said.size(), kUnmatched);
    result_.got.assign(got.size(), kUnmatched);
  }

  Alignment run() {
    std::vector<Stretch> open = {{0, said_.size(), 0, got_.size()}};
    while (!open.empty()) {
      Stretch stretch = open.back();
      open.pop_back();
      trim(stretch);
      if (stretch.empty()) continue;
      if (stretch.cells() <= kMostCells) {
        fill(stretch);
      } else {
        part(stretch, open);
      }
    }
    join_gaps();
    return std::move(result_);
  }

 private:
  using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

  bool same(std::size_t said, std::size_t got) const { return said_[said].ids[0] == got_[got].ids[0]; }

  void match(std::size_t said, std::size_t got) {
    result_.said[said] = got;
    result_.got[got] = said;
  }

  // What both begin or end with.
  void trim(Stretch& stretch) {
    while (!stretch.empty() && same(stretch.said, stretch.got)) match(stretch.said++, stretch.got++);
    while (!stretch.empty() && same(stretch.said_end - 1, stretch.got_end - 1))
      match(--stretch.said_end, --stretch.got_end);
  }

  // At the words that stand once in each, as far as they stand in the same order.
  void part(const Stretch& stretch, std::vector<Stretch>& open) {
    const Pairs anchors = stretch.repetitive ? Pairs{} : in_order(shared_once(stretch));
    if (anchors.empty()) return slide(stretch, open);
    Stretch rest = stretch;
    for (const auto& [said, got] : anchors) {
      match(said, got);
      open.push_back({rest.said, said, rest.got, got, false});
      rest.said = said + 1;
      rest.got = got + 1;
    }
    open.push_back(rest);
  }

  // Where words only repeat: a window's matches hold, but for those near its end, where more may follow.
  void slide(const Stretch& stretch, std::vector<Stretch>& open) {
    Stretch window = stretch;
    window.said_end = std::min(stretch.said + kWindow, stretch.said_end);
    window.got_end = std::min(stretch.got + kWindow, stretch.got_end);
    fill(window);
    Stretch rest = stretch;
    rest.said = std::min(stretch.said + kWindow / 2, stretch.said_end);
    rest.got = std::min(stretch.got + kWindow / 2, stretch.got_end);
    for (std::size_t i = window.said; i < window.said_end; ++i) {
      const std::size_t match = result_.said[i];
      if (match == kUnmatched) continue;
      if (i < rest.said && match < window.got + kWindow * 3 / 4) {
        rest.got = match + 1;
      } else {
        result_.said[i] = result_.got[match] = kUnmatched;
      }
    }
    rest.repetitive = true;
    open.push_back(rest);
  }

  Pairs shared_once(const Stretch& stretch) const {
    struct Seen {
      std::size_t count = 0, got_count = 0, got = 0;
    };
    std::unordered_map<int, Seen> seen;
    for (std::size_t i = stretch.said; i < stretch.said_end; ++i) ++seen[said_[i].ids[0]].count;
    for (std::size_t i = stretch.got; i < stretch.got_end; ++i) {
      Seen& word = seen[got_[i].ids[0]];
      ++word.got_count;
      word.got = i;
    }
    Pairs pairs;
    for (std::size_t i = stretch.said; i < stretch.said_end; ++i) {
      const Seen& word = seen[said_[i].ids[0]];
      if (word.count == 1 && word.got_count == 1) pairs.emplace_back(i, word.got);
    }
    return pairs;
  }

  // The longest part of it that also grows in the second place.
  static Pairs in_order(const Pairs& pairs) {
    std::vector<std::size_t> ends;  // the index of the pair that a run of this length may end with
    std::vector<std::size_t> before(pairs.size(), kUnmatched);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const auto place =
          std::lower_bound(ends.begin(), ends.end(), pairs[i].second,
                           [&](std::size_t index, std::size_t value) { return pairs[index].second < value; });
      if (place != ends.begin()) before[i] = *(place - 1);
      if (place == ends.end()) {
        ends.push_back(i);
      } else {
        *place = i;
      }
    }
    Pairs chosen;
    for (std::size_t i = ends.empty() ? kUnmatched : ends.back(); i != kUnmatched; i = before[i])
      chosen.push_back(pairs[i]);
    std::reverse(chosen.begin(), chosen.end());
    return chosen;
  }

  int weight(const CompareWord& said, const CompareWord& got) const {
    const bool light = said.is(kLightWord);
    if (said.ids[0] == got.ids[0]) return light ? kExactLight : kExactContent;
    if (!alike(said, got, language_)) return 0;
    return light || got.is(kLightWord) ? kNearLight : kNearContent;
  }

  void fill(const Stretch& stretch) {
    const std::size_t rows = stretch.said_end - stretch.said;
    const std::size_t columns = stretch.got_end - stretch.got;
    std::vector<int> best((rows + 1) * (columns + 1), 0);
    std::vector<unsigned char> weights(rows * columns);
    const auto at = [&](std::size_t row, std::size_t column) -> int& {
      return best[row * (columns + 1) + column];
    };
    for (std::size_t row = rows; row-- > 0;) {
      for (std::size_t column = columns; column-- > 0;) {
        const int here = weight(said_[stretch.said + row], got_[stretch.got + column]);
        weights[row * columns + column] = static_cast<unsigned char>(here);
        int value = std::max(at(row + 1, column), at(row, column + 1));
        if (here > 0) value = std::max(value, here + at(row + 1, column + 1));
        at(row, column) = value;
      }
    }
    for (std::size_t row = 0, column = 0; row < rows && column < columns;) {
      const int here = weights[row * columns + column];
      // Of two that are as good the later one: speakers repeat themselves, and mean the last.
      if (at(row, column) == at(row + 1, column)) {
        ++row;
      } else if (here > 0 && at(row, column) == here + at(row + 1, column + 1)) {
        match(stretch.said + row++, stretch.got + column++);
      } else {
        ++column;
      }
    }
  }

  // Where neither side is matched: words that are one word together.
  void join_gaps() {
    std::size_t got = 0;
    for (std::size_t said = 0; said < said_.size();) {
      if (result_.said[said] != kUnmatched) {
        got = std::max(got, result_.said[said] + 1);
        ++said;
        continue;
      }
      std::size_t said_end = said;
      while (said_end < said_.size() && result_.said[said_end] == kUnmatched) ++said_end;
      std::size_t got_end = got;
      while (got_end < got_.size() && result_.got[got_end] == kUnmatched) ++got_end;
      join(said, std::min(said_end, said + kMostInGap), got, std::min(got_end, got + kMostInGap));
      said = said_end;
    }
  }

  void join(std::size_t said, std::size_t said_end, std::size_t got, std::size_t got_end) {
    for (std::size_t at = said; at < said_end; ++at) {
      if (said_[at].is_digit()) continue;
      for (std::size_t to = got; to < got_end; ++to) {
        const std::size_t many = joined(said_, at, said_end, got_[to]);
        const std::size_t many_got = joined(got_, to, got_end, said_[at]);
        for (std::size_t i = 0; i < many; ++i) result_.said[at + i] = to;
        for (std::size_t i = 0; i < many_got; ++i) result_.got[to + i] = at;
        if (many > 0) result_.got[to] = at;
        if (many_got > 0) result_.said[at] = to;
        if (many + many_got == 0) continue;
        got = to + std::max<std::size_t>(many_got, 1);
        at += std::max<std::size_t>(many, 1) - 1;
        break;
      }
    }
  }

  // How many words from `first` on are `whole` together; 0 for none.
  std::size_t joined(const CompareWords& words, std::size_t first, std::size_t end,
                     const CompareWord& whole) const {
    if (whole.key.size() < 2 || whole.kind != CompareWord::Kind::word) return 0;
    if (words[first].key.front() != whole.key.front() && whole.sound == 0) return 0;
    CompareWord together = words[first];
    bool exact_only = words[first].is(kLightWord | kWeighty);
    for (std::size_t i = first + 1; i < std::min(end, first + kMostJoined); ++i) {
      together.key += words[i].key;
      exact_only = exact_only || words[i].is(kLightWord | kWeighty);
      if (together.key.size() > whole.key.size() + 2) return 0;
      together.ids = {};
      together.entry = nullptr;
      if (together.key == whole.key) return i + 1 - first;
      if (together.key.size() + 2 < whole.key.size()) continue;
      together.sound = whole.sound == 0 ? 0 : keys_.sound(together.key);
      if (!exact_only && together.key.size() >= kShortestJoined && alike(together, whole, language_))
        return i + 1 - first;
    }
    return 0;
  }

  const CompareWords& said_;
  const CompareWords& got_;
  const Language& language_;
  Keys& keys_;
  Alignment result_;
};

}  // namespace

Alignment align(const CompareWords& said, const CompareWords& got, const Language& language, Keys& keys) {
  return Aligner(said, got, language, keys).run();
}

}  // namespace diktate
