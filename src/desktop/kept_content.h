// What a clipboard holds as a row of bytes, between the program and the holder of its clipboard.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diktate {

// Parts whose meaning the two sides know; none: nothing is held.
using KeptContent = std::vector<std::string>;

std::string packed(const KeptContent& content);

// Takes the first whole message off the front; none: it is not complete yet.
std::optional<KeptContent> unpack(std::string_view& bytes);

// The last whole message that came before the other end was closed; waits for that.
KeptContent read_last_content(int input);

}  // namespace diktate
