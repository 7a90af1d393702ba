// Tables kept as text, one row a line, cells separated by tabs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diktate::bench {

// Empty lines and lines that begin with # are left out; CRLF line ends are accepted.
std::vector<std::vector<std::string>> parse_tsv(std::string_view text);

// A cell that is a number and nothing else.
std::optional<double> parse_decimal(std::string_view text);

// The parts of `text` between `separator`s; at least one.
std::vector<std::string> split(std::string_view text, char separator);

}  // namespace diktate::bench
