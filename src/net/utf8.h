// Bytes that should be UTF-8, made so.
#pragma once

#include <string>
#include <string_view>

namespace diktate {

// Every malformed sequence becomes one U+FFFD, as in browsers ("maximal subparts": Unicode 15, 3.9).
std::string valid_utf8(std::string_view bytes);

}  // namespace diktate
