// What families of models need said differently, by the beginning of their names.
#pragma once

#include <string_view>

namespace diktate {

struct ModelFamily {
  std::string_view prefix;
  bool thinks_always = false;    // it cannot be told not to think, only to think little
  bool template_thinks = false;  // servers switch its thinking by `chat_template_kwargs`
  bool takes_no_temperature = false;
  bool has_no_system_role = false;  // what the system would say goes before the user's first words
};

// The entry with the longest prefix of `model`, without what stands before its last '/'; one without a prefix
// if there is none.
const ModelFamily& family_of(std::string_view model);

}  // namespace diktate
