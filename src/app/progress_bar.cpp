#include "app/progress_bar.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <fmt/core.h>

#include "app/format.h"

namespace diktate {
namespace {

constexpr std::size_t kBarColumns = 24;
constexpr std::size_t kMostNameColumns = 30;

std::string bar(double share, bool unicode) {
  const auto full = static_cast<std::size_t>(std::lround(share * kBarColumns));
  std::string text;
  for (std::size_t i = 0; i < kBarColumns; ++i) {
    if (unicode)
      text += i < full ? "█" : "░";
    else
      text += i < full ? '#' : '.';
  }
  return text;
}

// The end of a path says more than its beginning.
std::string short_name(std::string_view name) {
  const std::string clean = printable(name);
  if (count_characters(clean) <= kMostNameColumns) return clean;
  return "..." + std::string(last_characters(clean, kMostNameColumns - 3));
}

}  // namespace

std::string progress_line(std::string_view name, const Progress& progress, const TerminalStyle& style) {
  std::string line = short_name(name) + "  ";
  if (progress.total && *progress.total > 0) {
    const double share = std::clamp(progress.done / *progress.total, 0.0, 1.0);
    line += fmt::format("{} {:3.0f} %  {} of {}", bar(share, style.unicode), std::floor(share * 100),
                        format_position(progress.done), format_position(*progress.total));
  } else {
    line += format_position(progress.done);
  }
  if (progress.elapsed > 0) line += fmt::format(", {:.0f} x real time", progress.done / progress.elapsed);
  return std::string(first_characters(line, style.columns - 1));
}

}  // namespace diktate
