// Source: the D-Bus Specification 0.41, "Server Addresses"; sd_bus_open_user(3).
#include "desktop/portal/bus_socket.h"

#include <charconv>
#include <cstdlib>
#include <string>
#include <utility>

namespace diktate {
namespace {

// Cuts off and returns what is before the separator.
std::string_view next_part(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return part;
}

// Each byte may be written as % and two hexadecimal digits.
std::string unescaped(std::string_view value) {
  std::string bytes;
  for (std::size_t at = 0; at < value.size(); ++at) {
    unsigned byte = 0;
    const std::string_view digits = value.substr(at + 1, 2);
    const bool is_escape = value[at] == '%' && digits.size() == 2 &&
                           std::from_chars(digits.begin(), digits.end(), byte, 16).ptr == digits.end();
    bytes += is_escape ? static_cast<char>(byte) : value[at];
    if (is_escape) at += digits.size();
  }
  return bytes;
}

std::string_view bus_variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

std::vector<std::filesystem::path> bus_sockets(std::string_view addresses, std::string_view runtime_folder) {
  constexpr std::string_view kUnix = "unix:";
  constexpr std::string_view kPath = "path=";
  std::vector<std::filesystem::path> sockets;
  if (addresses.empty() && !runtime_folder.empty())
    sockets.push_back(std::filesystem::path(runtime_folder) / "bus");
  while (!addresses.empty()) {
    std::string_view address = next_part(addresses, ';');
    if (!address.starts_with(kUnix)) continue;
    address.remove_prefix(kUnix.size());
    while (!address.empty()) {
      const std::string_view pair = next_part(address, ',');
      if (pair.starts_with(kPath)) sockets.emplace_back(unescaped(pair.substr(kPath.size())));
    }
  }
  return sockets;
}

FileWatch watch_bus_socket() {
  auto files = bus_sockets(bus_variable("DBUS_SESSION_BUS_ADDRESS"), bus_variable("XDG_RUNTIME_DIR"));
  const auto sockets = files;
  for (const auto& socket : sockets) files.push_back(socket.parent_path());
  FileWatch watch(std::move(files));
  watch.arm();
  return watch;
}

}  // namespace diktate
