// What may be typed into which windows, on Wayland, by a keyboard that is made for the text.
#pragma once

#include <span>
#include <string_view>

namespace diktate {

// Whether keyboards have keys for all of it: letters that are Latin, Greek or Cyrillic, and what is written
// between them. Programs take these as they are.
bool is_common_writing(std::string_view text);

// Whether the window's program is known to take any character from a key: others lose some, or take another
// one. `processes` may be the program's. Reads /proc, and so waits for the kernel.
bool takes_all_characters(std::string_view app_id, std::span<const int> processes);

}  // namespace diktate
