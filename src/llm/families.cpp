#include "llm/families.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace diktate {
namespace {

constexpr std::array<ModelFamily, 12> kFamilies = {{
    {.prefix = ""},
    {.prefix = "gpt-oss", .thinks_always = true},
    {.prefix = "gpt-5", .thinks_always = true, .takes_no_temperature = true},
    {.prefix = "o1", .thinks_always = true, .takes_no_temperature = true},
    {.prefix = "o3", .thinks_always = true, .takes_no_temperature = true},
    {.prefix = "o4", .thinks_always = true, .takes_no_temperature = true},
    {.prefix = "qwen3", .template_thinks = true},
    {.prefix = "deepseek", .template_thinks = true},
    {.prefix = "glm-4", .template_thinks = true},
    {.prefix = "smollm3", .template_thinks = true},
    {.prefix = "gemma-2", .has_no_system_role = true},
    {.prefix = "gemma2", .has_no_system_role = true},
}};

}  // namespace

const ModelFamily& family_of(std::string_view model) {
  if (const std::size_t slash = model.rfind('/'); slash != std::string_view::npos)
    model.remove_prefix(slash + 1);
  std::string name(model);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  const ModelFamily* best = &kFamilies.front();
  for (const ModelFamily& family : kFamilies) {
    if (name.starts_with(family.prefix) && family.prefix.size() > best->prefix.size()) best = &family;
  }
  return *best;
}

}  // namespace diktate
