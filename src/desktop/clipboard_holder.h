// The process that gives back the clipboard of X when the program that borrowed it has ended.
#pragma once

#include <cstdint>
#include <string>

namespace diktate {

// Its whole life: reads from the descriptor what to keep, until the other end is closed; then offers that if
// the clipboard of the display (empty: what DISPLAY says) has no owner but `window`, that of the program
// which has ended, until another program takes it. Answers with the exit code.
int run_clipboard_holder(const std::string& display, std::uint32_t window, int input);

}  // namespace diktate
