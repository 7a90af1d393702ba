// The process that gives back the clipboard of X when the program that borrowed it has ended.
#pragma once

#include <string>

namespace diktate {

// Its whole life: reads from the descriptor what to keep, until the other end is closed; then offers that if
// the clipboard of the display (empty: what DISPLAY says) has no owner, until another program takes it.
// Answers with the exit code.
int run_clipboard_holder(const std::string& display, int input);

}  // namespace diktate
