#include "bench/table.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>

namespace diktate::bench {
namespace {

std::vector<std::size_t> widths(const Row& head, const std::vector<Row>& rows) {
  std::vector<std::size_t> widest(head.size());
  const auto widen = [&](const Row& row) {
    for (std::size_t i = 0; i < std::min(row.size(), widest.size()); ++i)
      widest[i] = std::max(widest[i], row[i].size());
  };
  widen(head);
  std::for_each(rows.begin(), rows.end(), widen);
  return widest;
}

std::string line(const Row& row, const std::vector<std::size_t>& widest) {
  std::string text;
  for (std::size_t i = 0; i < std::min(row.size(), widest.size()); ++i)
    text += i == 0 ? fmt::format("{:<{}}", row[i], widest[i]) : fmt::format("  {:>{}}", row[i], widest[i]);
  return text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
}

}  // namespace

std::string format_table(const Row& head, const std::vector<Row>& rows) {
  const auto widest = widths(head, rows);
  std::string text = line(head, widest);
  for (const Row& row : rows) text += line(row, widest);
  return text;
}

std::string number(double value, int decimals) {
  return std::isfinite(value) ? fmt::format("{:.{}f}", value, decimals) : "n/a";
}

std::string ratio(double value) { return std::isfinite(value) ? number(value, 2) + "x" : "n/a"; }

}  // namespace diktate::bench
