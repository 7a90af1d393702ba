// Terminal escape sequences in text of any kind: where one ends, so that it can go whole.
#pragma once

#include <cstddef>
#include <string_view>

namespace diktate {

inline constexpr char32_t kMalformed = 0x110000;  // no character

// The first character of any bytes. What is malformed (overlong, a surrogate, cut off) is one kMalformed with
// all bytes that belong to it; but a lone byte of 0x80 to 0x9F is the control character that it would be in
// an 8-bit terminal. A noncharacter is malformed.
struct RawCharacter {
  char32_t code = kMalformed;
  std::size_t size = 1;
};
RawCharacter raw_character(std::string_view bytes);  // not empty

// How many bytes the control character that `bytes` begins with, ESC or one of C1, takes with it. At least
// those of the character itself:
//   CSI              up to its final byte; what cannot stand in it ends it and stays
//   OSC DCS APC PM SOS
//                    up to BEL, ST, CAN or SUB; without any of them before the next sequence or the end of
//                    the text, up to the end of the line, so that a stray introducer does not cost all words
//   SS2 SS3          with the character that they stand before
//   ESC ( B, ESC # 8 with the final byte; so do all that have intermediate bytes
//   others           ESC with one byte more, if that is 0 to ~
std::size_t escape_size(std::string_view bytes);

}  // namespace diktate
