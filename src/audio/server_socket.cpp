// Source of the places: pulseaudio(1) and client.conf's default server; pipewire-pulse has the same.
#include "audio/server_socket.h"

#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace diktate {
namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::filesystem::path socket_folder() {
  constexpr std::string_view kUnix = "unix:";
  std::string_view server = environment("PULSE_SERVER");
  if (server.starts_with(kUnix)) server.remove_prefix(kUnix.size());
  if (server.starts_with('/')) return std::filesystem::path(server).parent_path();
  if (const auto folder = environment("PULSE_RUNTIME_PATH"); !folder.empty()) return folder;
  const auto folder = environment("XDG_RUNTIME_DIR");
  return folder.empty() ? std::filesystem::path() : std::filesystem::path(folder) / "pulse";
}

}  // namespace

FileWatch watch_server_socket() {
  const auto folder = socket_folder();
  FileWatch watch = folder.empty() ? FileWatch() : FileWatch({folder / "native", folder});
  watch.arm();
  return watch;
}

}  // namespace diktate
