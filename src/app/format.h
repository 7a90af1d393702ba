// Durations, sizes and text as a person reads them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace diktate {

// "0.04 ms", "2.1 ms", "84 ms", "11.02 s": as many digits as matter.
std::string format_duration(Nanoseconds duration);

// "1:05" or "1:02:05".
std::string format_position(double seconds);

// "63.1 MB" (10^6 bytes).
std::string format_bytes(std::uintmax_t bytes);

// How many characters (code points) UTF-8 text has; one column each is assumed.
std::size_t count_characters(std::string_view text);

// At most `count` characters from the start, or from the end, of `text`.
std::string_view first_characters(std::string_view text, std::size_t count);
std::string_view last_characters(std::string_view text, std::size_t count);

// `text` without the control characters that would move the cursor or end the line: each becomes a space.
std::string printable(std::string_view text);

// `text` between quotation marks, with line breaks and tabs as they are written in programs: for tables.
std::string shown(std::string_view text);

// Words of `text`, without the white space between them.
std::vector<std::string_view> words_of(std::string_view text);

}  // namespace diktate
