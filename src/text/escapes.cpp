#include "text/escapes.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "text/unicode.h"

namespace diktate {
namespace {

constexpr char kBell = 0x07;
constexpr char kCancel = 0x18;
constexpr char kSubstitute = 0x1A;
constexpr char kEscape = 0x1B;
constexpr char kDelete = 0x7F;
constexpr char32_t kStringTerminator = 0x9C;

bool between(char c, char first, char last) { return c >= first && c <= last; }
bool is_abort(char c) { return c == kCancel || c == kSubstitute; }
bool is_c1(char32_t code) { return code >= 0x80 && code <= 0x9F; }
bool is_noncharacter(char32_t code) {
  return (code & 0xFFFEU) == 0xFFFEU || (code >= 0xFDD0 && code <= 0xFDEF);
}

// A broken character goes with the bytes that continue it: at most as many as its first byte asks for.
std::size_t malformed_size(std::string_view bytes) {
  const int asked = std::countl_one(static_cast<unsigned char>(bytes[0]));
  std::size_t size = 1;
  while (size < bytes.size() && std::cmp_less(size, asked) &&
         (static_cast<unsigned char>(bytes[size]) & 0xC0U) == 0x80U)
    ++size;
  return size;
}

// What follows CSI. A terminal carries out controls inside a sequence and reads on; a line break ends it
// here, as a sequence that nobody finished must not take the next line's first letter.
std::size_t control_sequence_size(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (between(c, 0x40, 0x7E) || is_abort(c)) return at + 1;
    const bool passed_over = between(c, 0x20, 0x3F) || between(c, 0x00, 0x1F) || c == kDelete;
    if (!passed_over || c == '\n' || c == '\r' || c == kEscape) return at;
  }
  return bytes.size();
}

// What follows OSC and its like.
std::size_t string_size(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const char c = bytes[at];
    if (c == kBell || is_abort(c)) return at + 1;
    if (bytes.substr(at).starts_with("\x1B\\")) return at + 2;
    const auto [code, size] = raw_character(bytes.substr(at));
    if (code == kStringTerminator) return at + size;
    if (c == kEscape || is_c1(code)) break;
    at += size;
  }
  return std::min(bytes.substr(0, at).find_first_of("\r\n"), at);
}

// What follows an introducer, named by the byte that stands behind ESC in its 7-bit form.
std::size_t body_size(char introducer, std::string_view bytes) {
  switch (introducer) {
    case '[':
      return control_sequence_size(bytes);
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
      return string_size(bytes);
    case 'N':
    case 'O':
      return !bytes.empty() && between(bytes[0], 0x21, 0x7E) ? 1 : 0;
    default:
      return 0;
  }
}

}  // namespace

RawCharacter raw_character(std::string_view bytes) {
  const auto first = static_cast<unsigned char>(bytes[0]);
  if (first < 0x80 || is_c1(first)) return {first, 1};
  const auto [code, size] = first_character(bytes);
  if (size == 1) return {kMalformed, malformed_size(bytes)};
  return {is_noncharacter(code) ? kMalformed : code, size};
}

std::size_t escape_size(std::string_view bytes) {
  if (bytes[0] != kEscape) {
    const auto [code, size] = raw_character(bytes);
    return size + body_size(static_cast<char>(code - 0x40), bytes.substr(size));
  }
  std::size_t size = 1;
  while (size < bytes.size() && between(bytes[size], 0x20, 0x2F)) ++size;
  if (size == bytes.size() || !between(bytes[size], 0x30, 0x7E)) return size;
  const bool introduces = size == 1;
  ++size;
  return introduces ? size + body_size(bytes[1], bytes.substr(2)) : size;
}

}  // namespace diktate
