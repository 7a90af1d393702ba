// Makes any bytes safe to type into a program.
#pragma once

#include <string>
#include <string_view>

namespace diktate {

// Well-formed UTF-8 without anything that is not text: terminal escape sequences go whole (CSI, OSC, DCS and
// the like up to their end, two-byte escapes), and so do control characters of C0 (but newline and tab), DEL,
// and C1, line and paragraph separators U+2028 and U+2029, bidirectional controls, U+200B, the byte order
// mark, tag characters, and what is malformed or no character at all. A zero-width joiner stays inside an
// emoji only, a zero-width non-joiner only beside a letter of a script that needs it. A carriage return is a
// newline. Linear; sanitising twice changes nothing more.
std::string sanitised(std::string_view bytes);

}  // namespace diktate
