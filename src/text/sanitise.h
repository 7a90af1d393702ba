// Makes any bytes safe to type into a program.
#pragma once

#include <string>
#include <string_view>

namespace diktate {

// Well-formed UTF-8 without anything that is not text. Linear; sanitising twice changes nothing more.
//
//   goes whole   terminal escape sequences, 7-bit and 8-bit (text/escapes.h says where one ends)
//   goes         control characters of C0 and C1, and DEL; whatever is invisible: bidirectional controls,
//                zero-width spaces, the byte order mark, tags, soft hyphens, fillers, format controls;
//                what is malformed, and noncharacters
//   newline      for CR LF and CR
//   space        for what else parts lines: VT, FF, NEL, U+2028, U+2029
//   stays in its place only
//                a zero-width joiner between two emoji; a variation selector (U+FE0E, U+FE0F) on an emoji or
//                in a keycap; a zero-width non-joiner between letters of which one is of a cursive or Indic
//                script
std::string sanitised(std::string_view bytes);

}  // namespace diktate
