// What a text must become before it may go somewhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diktate {

// Every run of line ends, with the white space around it, as one space: a terminal takes a line end for
// Enter. None at the end.
std::string on_one_line(std::string_view text);

// The same text in ISO 8859-1; nothing if a character is not in it. `text` is UTF-8.
std::optional<std::string> latin1_of(std::string_view text);

// The characters of UTF-8; what is not well-formed is left out.
std::vector<char32_t> characters_of(std::string_view text);

// Whether they differ in nothing but the case of ASCII letters.
bool same_but_case(std::string_view one, std::string_view other);

}  // namespace diktate
