#include "desktop/displays.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/files.h"

namespace diktate {
namespace {

constexpr const char* kX11Folder = "/tmp/.X11-unix";
constexpr int kMostDisplays = 10;  // of a kind

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

// One that is there and empty says that no display is wanted.
bool names_no_display() {
  return std::getenv("DISPLAY") == nullptr && std::getenv("WAYLAND_DISPLAY") == nullptr;
}

std::vector<std::filesystem::path> sockets_in(const std::filesystem::path& folder, const std::string& name) {
  std::vector<std::filesystem::path> sockets;
  for (int i = 0; i < kMostDisplays; ++i) sockets.push_back(folder / (name + std::to_string(i)));
  return sockets;
}

// Another user's would see all that is written there.
bool is_own(const std::filesystem::path& path, mode_t kind) {
  struct stat found {};
  return lstat(path.c_str(), &found) == 0 && (found.st_mode & S_IFMT) == kind && found.st_uid == geteuid();
}

// What a server that ended leaves behind answers to nobody.
bool answers(const std::filesystem::path& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = socket.string();
  if (!is_own(socket, S_IFSOCK) || name.size() >= sizeof address.sun_path) return false;
  std::copy(name.begin(), name.end(), address.sun_path);
  const UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): as connect() wants it
  return connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ||
         errno == EAGAIN;
}

// The name of the first that answers; empty: none does.
std::string first_in(const std::filesystem::path& folder, const std::string& name) {
  for (const auto& socket : sockets_in(folder, name))
    if (answers(socket)) return socket.filename().string();
  return {};
}

}  // namespace

std::vector<std::filesystem::path> display_sockets(std::string_view x11, std::string_view wayland,
                                                   std::string_view runtime_folder) {
  std::vector<std::filesystem::path> sockets;
  const auto colon = x11.find(':');
  const std::string_view host = x11.substr(0, colon);
  if (colon != std::string_view::npos && (host.empty() || host == "unix")) {
    const std::string_view number = x11.substr(colon + 1);
    sockets.emplace_back(std::string(kX11Folder).append("/X").append(number.substr(0, number.find('.'))));
  }
  const std::filesystem::path socket = std::filesystem::path(runtime_folder) / wayland;
  if (!wayland.empty() && socket.is_absolute()) sockets.push_back(socket);
  return sockets;
}

std::vector<std::filesystem::path> display_sockets() {
  const std::string_view runtime_folder = variable("XDG_RUNTIME_DIR");
  if (!names_no_display())
    return display_sockets(variable("DISPLAY"), variable("WAYLAND_DISPLAY"), runtime_folder);
  auto sockets = sockets_in(kX11Folder, "X");
  if (runtime_folder.empty()) return sockets;
  const auto of_wayland = sockets_in(runtime_folder, "wayland-");
  sockets.insert(sockets.end(), of_wayland.begin(), of_wayland.end());
  return sockets;
}

DisplayNames found_displays() {
  return names_no_display() ? find_displays(variable("XDG_RUNTIME_DIR"), kX11Folder) : DisplayNames{};
}

DisplayNames find_displays(const std::filesystem::path& runtime_folder,
                           const std::filesystem::path& x11_folder) {
  const bool is_ours = runtime_folder.is_absolute() && is_own(runtime_folder, S_IFDIR);
  const std::string wayland = is_ours ? first_in(runtime_folder, "wayland-") : "";
  if (!wayland.empty()) return {.wayland = wayland};
  const std::string x11 = first_in(x11_folder, "X");
  return {.x11 = x11.empty() ? "" : ":" + x11.substr(1)};
}

}  // namespace diktate
