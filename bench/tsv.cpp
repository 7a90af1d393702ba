#include "bench/tsv.h"

#include <charconv>
#include <cstddef>
#include <system_error>

namespace diktate::bench {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  for (std::size_t end = 0; (end = text.find(separator, start)) != std::string_view::npos; start = end + 1)
    parts.emplace_back(text.substr(start, end - start));
  parts.emplace_back(text.substr(start));
  return parts;
}

std::optional<double> parse_decimal(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::vector<std::string>> parse_tsv(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string& line : split(text, '\n')) {
    std::string_view row = line;
    if (row.ends_with('\r')) row.remove_suffix(1);
    if (!row.empty() && !row.starts_with('#')) rows.push_back(split(row, '\t'));
  }
  return rows;
}

}  // namespace diktate::bench
