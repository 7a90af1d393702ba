#include "app/snippet_values.h"

#include <ctime>

#include <fmt/format.h>

namespace diktate {

SnippetValues snippet_values() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  if (localtime_r(&now, &local) == nullptr) return {};
  SnippetValues values;
  values.date = fmt::format("{:04}-{:02}-{:02}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
  values.time = fmt::format("{:02}:{:02}", local.tm_hour, local.tm_min);
  return values;
}

}  // namespace diktate
