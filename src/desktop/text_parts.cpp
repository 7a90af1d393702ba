#include "desktop/text_parts.h"

#include <algorithm>

namespace diktate {
namespace {

bool is_line_end(char c) { return c == '\n' || c == '\r'; }
bool is_space(char c) { return is_line_end(c) || c == ' ' || c == '\t'; }

// How many bytes a character has that begins so; 0: none does.
std::size_t length_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

char32_t first_bits(unsigned char first, std::size_t length) {
  return length == 1 ? first : first & (0xFFU >> (length + 1));
}

}  // namespace

std::string on_one_line(std::string_view text) {
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    while (at < text.size() && is_space(text[at])) ++at;
    const auto spaces = text.substr(start, at - start);
    if (std::none_of(spaces.begin(), spaces.end(), is_line_end)) {
      line += spaces;
    } else if (!line.empty() && at < text.size()) {
      line += ' ';
    }
    if (at < text.size()) line += text[at++];
  }
  return line;
}

std::vector<char32_t> characters_of(std::string_view text) {
  std::vector<char32_t> characters;
  for (std::size_t at = 0; at < text.size();) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = length_of(first);
    char32_t character = first_bits(first, length);
    std::size_t read = 1;
    while (read < length && at + read < text.size() && (text[at + read] & 0xC0) == 0x80)
      character = character << 6 | static_cast<char32_t>(text[at + read++] & 0x3F);
    if (length > 0 && read == length) characters.push_back(character);
    at += read;
  }
  return characters;
}

std::optional<std::string> latin1_of(std::string_view text) {
  std::string latin;
  for (const char32_t character : characters_of(text)) {
    if (character > 0xFF) return std::nullopt;
    latin += static_cast<char>(character);
  }
  return latin;
}

bool same_but_case(std::string_view one, std::string_view other) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace diktate
