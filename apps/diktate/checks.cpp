#include "checks.h"

#include <algorithm>
#include <cstdint>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace diktate {

Check one_of(const std::vector<std::string>& names) {
  return [=](const std::string& value) -> std::string {
    const bool known = std::find(names.begin(), names.end(), value) != names.end();
    return known ? "" : fmt::format("'{}' is none of {}", value, fmt::join(names, ", "));
  };
}

template <class Number>
Check number_between(Number lowest, Number highest) {
  return [=](const std::string& value) -> std::string {
    Number number{};
    const bool inside = CLI::detail::lexical_cast(value, number) && number >= lowest && number <= highest;
    return inside ? "" : fmt::format("'{}' is not a number from {} to {}", value, lowest, highest);
  };
}
template Check number_between(int lowest, int highest);
template Check number_between(double lowest, double highest);
template Check number_between(std::int64_t lowest, std::int64_t highest);

}  // namespace diktate
