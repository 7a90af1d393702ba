#include "desktop/displays.h"

#include <cstdlib>

namespace diktate {
namespace {

constexpr std::string_view kX11Sockets = "/tmp/.X11-unix/X";

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

std::vector<std::filesystem::path> display_sockets(std::string_view x11, std::string_view wayland,
                                                   std::string_view runtime_folder) {
  std::vector<std::filesystem::path> sockets;
  const auto colon = x11.find(':');
  const std::string_view host = x11.substr(0, colon);
  if (colon != std::string_view::npos && (host.empty() || host == "unix")) {
    const std::string_view number = x11.substr(colon + 1);
    sockets.emplace_back(std::string(kX11Sockets).append(number.substr(0, number.find('.'))));
  }
  const std::filesystem::path socket = std::filesystem::path(runtime_folder) / wayland;
  if (!wayland.empty() && socket.is_absolute()) sockets.push_back(socket);
  return sockets;
}

std::vector<std::filesystem::path> display_sockets() {
  return display_sockets(variable("DISPLAY"), variable("WAYLAND_DISPLAY"), variable("XDG_RUNTIME_DIR"));
}

}  // namespace diktate
