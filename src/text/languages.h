// The files of languages/, inside the program. The array is made by cmake/Languages.cmake.
#pragma once

#include <span>
#include <string_view>

namespace diktate {

struct BuiltInLanguage {
  std::string_view name;
  std::string_view toml;
};
extern const std::span<const BuiltInLanguage> kBuiltInLanguages;  // in alphabetical order

}  // namespace diktate
