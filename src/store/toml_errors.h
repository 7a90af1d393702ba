// What the readers of TOML files say of what is wrong in one. Inside this folder only.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace diktate {

// `where`: a toml::source_region.
template <class Region>
tl::unexpected<Error> wrong(const Region& where, const std::string& what) {
  return fail(ErrorKind::invalid, "line " + std::to_string(where.begin.line) + ": " + what);
}

inline std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

}  // namespace diktate
