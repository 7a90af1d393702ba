// Where the displays of a session are reached.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace diktate {

// The sockets of this machine that belong to the values of DISPLAY, WAYLAND_DISPLAY and XDG_RUNTIME_DIR, each
// of which may be empty. A display of another machine has none.
std::vector<std::filesystem::path> display_sockets(std::string_view x11, std::string_view wayland,
                                                   std::string_view runtime_folder);

// Those of the environment. If it has neither DISPLAY nor WAYLAND_DISPLAY: all that found_displays() looks
// for.
std::vector<std::filesystem::path> display_sockets();

// As DISPLAY and WAYLAND_DISPLAY name them; empty: none.
struct DisplayNames {
  std::string x11 = {};
  std::string wayland = {};
};

// For a program that was started before its session, whose environment has neither variable: the first
// display of this user that answers, a compositor in $XDG_RUNTIME_DIR (wayland-0 to wayland-9) before an X
// server (:0 to :9). Otherwise none. Does not wait.
DisplayNames found_displays();

// The same, whatever the environment has.
DisplayNames find_displays(const std::filesystem::path& runtime_folder,
                           const std::filesystem::path& x11_folder);

}  // namespace diktate
