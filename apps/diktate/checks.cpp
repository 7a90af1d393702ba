#include "checks.h"

#include <algorithm>

#include <fmt/format.h>

namespace diktate {

Check one_of(const std::vector<std::string>& names) {
  return [=](const std::string& value) -> std::string {
    const bool known = std::find(names.begin(), names.end(), value) != names.end();
    return known ? "" : fmt::format("'{}' is none of {}", value, fmt::join(names, ", "));
  };
}

}  // namespace diktate
