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

// Those of the environment.
std::vector<std::filesystem::path> display_sockets();

}  // namespace diktate
