#include "app/waterfall.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "app/format.h"
#include "app/waterfall_rows.h"

namespace diktate {
namespace {

constexpr std::size_t kDurationColumns = 10;
constexpr double kShareBeforeKeyUp = 0.45;  // of the columns; more of them go to what the user waits for

struct Glyphs {
  std::string_view bar, sliver, superseded, key_up, rule;
};
constexpr Glyphs kUnicode{"█", "▌", "░", "│", "─"};
constexpr Glyphs kAscii{"#", "'", ".", "|", "-"};

// What fills one column, in rising order of importance where several would.
enum class Cell { blank, superseded, sliver, bar, key_up };

// Where instants stand: columns [0, before) up to key up, one for the mark, `after` columns from there.
class Scale {
 public:
  Scale(const Take& take, std::size_t columns) : key_down_(take.key_down), key_up_(take.key_up) {
    end_ = key_up_;
    for (const Span& span : take.spans) {
      if (span.name != SpanName::close) end_ = std::max(end_, span.end);
    }
    before_ = static_cast<std::size_t>(static_cast<double>(columns) * kShareBeforeKeyUp);
    after_ = columns - before_ - 1;
  }

  std::size_t columns() const { return before_ + 1 + after_; }
  std::size_t mark() const { return before_; }
  Nanoseconds waited() const { return end_ - key_up_; }
  Nanoseconds spoken() const { return key_up_ - key_down_; }

  // The bar of a stretch of time, drawn over what is there.
  void draw(const WaterfallBar& bar, std::vector<Cell>& cells) const {
    if (bar.start < key_up_) draw_part(bar, key_down_, key_up_, 0, before_, cells);
    if (bar.end > key_up_ || bar.start >= key_up_) draw_part(bar, key_up_, end_, before_ + 1, after_, cells);
  }

 private:
  static double share(Instant when, Instant from, Instant to) {
    if (to <= from) return 0.0;
    const auto position =
        static_cast<double>((when - from).count()) / static_cast<double>((to - from).count());
    return std::clamp(position, 0.0, 1.0);
  }

  static void draw_part(const WaterfallBar& bar, Instant from, Instant to, std::size_t offset,
                        std::size_t columns, std::vector<Cell>& cells) {
    const double start = share(bar.start, from, to) * static_cast<double>(columns);
    const double end = share(bar.end, from, to) * static_cast<double>(columns);
    const auto first = std::min(static_cast<std::size_t>(std::floor(start)), columns - 1);
    const auto last = std::clamp(static_cast<std::size_t>(std::lround(end)), first + 1, columns);
    const Cell cell = bar.superseded ? Cell::superseded : end - start < 0.5 ? Cell::sliver : Cell::bar;
    for (std::size_t i = first; i < last; ++i) cells[offset + i] = std::max(cells[offset + i], cell);
  }

  Instant key_down_, key_up_, end_;
  std::size_t before_ = 0, after_ = 0;
};

class Picture {
 public:
  Picture(const Take& take, const TerminalStyle& style)
      : glyphs_(style.unicode ? kUnicode : kAscii),
        colour_(style.colour),
        rows_(waterfall_rows(take.spans)),
        label_columns_(widest_label()),
        scale_(take, style.columns - std::min(style.columns - 30, label_columns_ + kDurationColumns + 2)) {}

  std::string lines() const {
    std::string text = ruler();
    for (const WaterfallRow& row : rows_) text += line(row);
    return text + legend();
  }

 private:
  static std::string label(const WaterfallRow& row) {
    std::string text = std::string(static_cast<std::size_t>(row.depth) * 2, ' ') + row.label;
    if (row.superseded > 0) text += fmt::format(" +{}", row.superseded);
    if (row.cold) text += " cold";
    return text;
  }

  std::size_t widest_label() const {
    std::size_t widest = 0;
    for (const WaterfallRow& row : rows_) widest = std::max(widest, label(row).size());
    return widest;
  }

  std::string painted(std::string_view text, std::string_view code) const {
    return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }

  std::string margin(std::string_view left, std::string_view duration) const {
    return fmt::format("{:<{}}{:>{}}  ", left, label_columns_, duration, kDurationColumns);
  }

  // Two lines: what the parts of the scale are, and how long.
  std::string ruler() const {
    const std::string spoken = format_duration(scale_.spoken());
    const std::string waited = fmt::format("+{}", format_duration(scale_.waited()));
    const std::size_t after = scale_.columns() - scale_.mark() - 1;
    std::string text = margin("", "") + fmt::format("{:<{}}key up\n", "key down", scale_.mark() - 2);
    text += margin("", "") + fmt::format("{:<{}}{} {}", "0", scale_.mark() - spoken.size() - 1, spoken,
                                         painted(glyphs_.key_up, "1"));
    return text + fmt::format("{:>{}}\n", waited, after);
  }

  std::string line(const WaterfallRow& row) const {
    std::vector<Cell> cells(scale_.columns(), Cell::blank);
    for (const WaterfallBar& bar : row.bars) scale_.draw(bar, cells);
    cells[scale_.mark()] = Cell::key_up;
    while (cells.back() == Cell::blank) cells.pop_back();
    std::string text = margin(label(row), format_duration(row.duration));
    for (std::size_t i = 0; i < cells.size();) {
      std::size_t run = i;
      while (run < cells.size() && cells[run] == cells[i]) ++run;
      text += cells_text(cells[i], run - i, i > scale_.mark());
      i = run;
    }
    return text + "\n";
  }

  std::string cells_text(Cell cell, std::size_t count, bool after_key_up) const {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += glyph(cell);
    switch (cell) {
      case Cell::blank:
        return text;
      case Cell::superseded:
        return painted(text, "2");
      case Cell::key_up:
        return painted(text, "1");
      default:
        return painted(text, after_key_up ? "33" : "36");
    }
  }

  std::string_view glyph(Cell cell) const {
    switch (cell) {
      case Cell::blank:
        return " ";
      case Cell::superseded:
        return glyphs_.superseded;
      case Cell::sliver:
        return glyphs_.sliver;
      case Cell::bar:
        return glyphs_.bar;
      case Cell::key_up:
        return glyphs_.key_up;
    }
    return " ";
  }

  std::string legend() const {
    const bool any =
        std::any_of(rows_.begin(), rows_.end(), [](const auto& row) { return row.superseded > 0; });
    if (!any) return "";
    return fmt::format("{} +n: other decodes of the piece: at pauses, ahead, to be sure\n",
                       painted(glyphs_.superseded, "2"));
  }

  const Glyphs& glyphs_;
  const bool colour_;
  const std::vector<WaterfallRow> rows_;
  const std::size_t label_columns_;
  const Scale scale_;
};

}  // namespace

std::string headline(const Take& take) {
  switch (take.outcome) {
    case Outcome::delivered:
    case Outcome::delivered_fallback:
      return "stop-to-text " + format_duration(take.delivered - take.key_up);
    case Outcome::empty:
      return "nothing was said";
    case Outcome::cancelled:
      return "cancelled";
    case Outcome::failed:
      return "failed: " + take.cause;
  }
  return "";
}

std::string waterfall(const Take& take, const TerminalStyle& style) {
  const bool fast = take.outcome == Outcome::delivered || take.outcome == Outcome::delivered_fallback;
  const std::string top =
      style.colour && fast ? fmt::format("\x1b[1m{}\x1b[0m", headline(take)) : headline(take);
  return fmt::format("{}\n\n{}", top, Picture(take, style).lines());
}

}  // namespace diktate
