#include "bench/sections.h"

#include <algorithm>
#include <cstddef>

#include "app/backends.h"

namespace diktate::bench {
namespace {

constexpr double kQuickLongest = 12;  // s

}  // namespace

std::vector<Recording> Bench::english() const {
  const auto all = speech.in_language("en");
  if (!quick) return all;
  std::vector<Recording> some;
  for (std::size_t i = 0; i < all.size(); i += 5) {
    if (all[i].length_s <= kQuickLongest) some.push_back(all[i]);
  }
  return some;
}

std::vector<std::string> Bench::engines() const {
  auto names = engine_names();
  if (quick) names.resize(std::min<std::size_t>(names.size(), 1));
  return names;
}

std::filesystem::path shipped_weights(const std::filesystem::path& shipped, const std::string& engine) {
  return shipped / engine.substr(engine.find('-') + 1) / "quantized";
}

}  // namespace diktate::bench
