#include "audio/early_end.h"

#include <array>
#include <cstdio>

namespace diktate {

std::string early_end_warning(std::string_view what_happened, std::int64_t frames, std::int64_t promised,
                              int rate) {
  std::array<char, 80> times{};
  std::snprintf(times.data(), times.size(), "%.2f s of %.2f s", static_cast<double>(frames) / rate,
                static_cast<double>(promised) / rate);
  return std::string(what_happened) + ": " + times.data();
}

}  // namespace diktate
