// The process that gives back the clipboard when the program that borrowed it has ended.
#pragma once

#include <cstdint>
#include <string>

#include "base/clock.h"

namespace diktate {

constexpr auto kHandover = std::chrono::seconds(5);  // until the display knows that the program has ended

// Its whole life: reads from the descriptor what to keep, until the other end is closed; then offers that if
// the clipboard has no owner but the program which has ended, until another program takes it. Each answers
// with the exit code.

// Of X: `display` empty: what DISPLAY says. `window` is that of the program's clipboard.
int run_x11_clipboard_holder(const std::string& display, std::uint32_t window, int input);

// Of Wayland: `display` empty: what WAYLAND_DISPLAY says.
int run_wayland_clipboard_holder(const std::string& display, int input);

constexpr const char* kX11Holder = "x11";          // the first argument of the program that runs it,
constexpr const char* kWaylandHolder = "wayland";  // before the display and the window

}  // namespace diktate
