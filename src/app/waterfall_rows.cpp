#include "app/waterfall_rows.h"

#include <algorithm>
#include <cstddef>
#include <map>

#include <fmt/core.h>

namespace diktate {
namespace {

using Positions = std::vector<std::size_t>;

bool is_per_piece(SpanName name) {
  return name == SpanName::segment || name == SpanName::recognise || name == SpanName::clean_piece;
}

class Folding {
 public:
  Folding(std::span<const Span> spans, int most_pieces) : spans_(spans) {
    for (std::size_t i = 0; i < spans.size(); ++i) {
      pieces_ = is_per_piece(spans[i].name) ? std::max(pieces_, spans[i].index + 1) : pieces_;
      children_[spans[i].parent].push_back(i);
    }
    for (auto& [parent, children] : children_) sort_by_start(children);
    folded_pieces_ = pieces_ > most_pieces ? pieces_ - most_pieces + 1 : 0;
    find_last_decodes();
  }

  std::vector<WaterfallRow> rows() {
    append_children(std::nullopt, 0);
    return std::move(rows_);
  }

 private:
  void sort_by_start(Positions& positions) const {
    std::stable_sort(positions.begin(), positions.end(),
                     [&](std::size_t a, std::size_t b) { return spans_[a].start < spans_[b].start; });
  }

  void find_last_decodes() {
    for (const std::size_t i : children_[std::nullopt]) {
      if (spans_[i].name == SpanName::recognise) last_decode_[spans_[i].index] = i;
    }
  }

  bool is_superseded(std::size_t i) const {
    const auto last = last_decode_.find(spans_[i].index);
    return spans_[i].name == SpanName::recognise && last != last_decode_.end() && last->second != i;
  }

  bool is_folded(std::size_t i) const {
    return is_per_piece(spans_[i].name) && spans_[i].index < folded_pieces_;
  }

  void append_children(std::optional<std::size_t> parent, int depth) {
    for (const std::size_t i : children_[parent]) {
      if (is_folded(i)) {
        append_folded(spans_[i].name, depth);
      } else if (!is_superseded(i)) {
        rows_.push_back(row_of(i, depth));
        append_children(i, depth + 1);
      }
    }
  }

  void append_folded(SpanName name, int depth) {
    if (std::find(folded_names_.begin(), folded_names_.end(), name) != folded_names_.end()) return;
    folded_names_.push_back(name);
    WaterfallRow row;
    row.depth = depth;
    row.label = folded_pieces_ == 1 ? fmt::format("{}[0]", to_string(name))
                                    : fmt::format("{}[0-{}]", to_string(name), folded_pieces_ - 1);
    for (const std::size_t i : children_[std::nullopt]) {
      if (spans_[i].name == name && is_folded(i)) add_bar(row, i);
    }
    rows_.push_back(std::move(row));
  }

  WaterfallRow row_of(std::size_t i, int depth) {
    const Span& span = spans_[i];
    WaterfallRow row;
    row.depth = depth;
    row.label = is_per_piece(span.name) ? fmt::format("{}[{}]", to_string(span.name), span.index)
                                        : std::string(to_string(span.name));
    add_bar(row, i);
    if (span.name != SpanName::recognise) return row;
    for (const std::size_t other : children_[std::nullopt]) {
      if (is_superseded(other) && spans_[other].index == span.index) add_bar(row, other);
    }
    return row;
  }

  void add_bar(WaterfallRow& row, std::size_t i) const {
    const Span& span = spans_[i];
    const bool superseded = is_superseded(i);
    row.bars.push_back({span.start, span.end, superseded});
    row.cold = row.cold || span.cold;
    row.superseded += superseded ? 1 : 0;
    if (!superseded) row.duration += span.end - span.start;
  }

  const std::span<const Span> spans_;
  std::map<std::optional<std::size_t>, Positions> children_;
  std::map<int, std::size_t> last_decode_;
  std::vector<SpanName> folded_names_;
  int pieces_ = 0;
  int folded_pieces_ = 0;
  std::vector<WaterfallRow> rows_;
};

}  // namespace

std::vector<WaterfallRow> waterfall_rows(std::span<const Span> spans, int most_pieces) {
  return Folding(spans, most_pieces).rows();
}

}  // namespace diktate
