// Where a session bus that comes shows itself. Inside this folder only.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "base/file_watch.h"

namespace diktate {

// The sockets that are files among the addresses of a bus; where none is given, that of the user's runtime
// folder. Empty: it is elsewhere.
std::vector<std::filesystem::path> bus_sockets(std::string_view addresses, std::string_view runtime_folder);

// Watches for the socket of the session bus, and the folder in which it is made, from now on. A bus elsewhere
// (an abstract socket, the network) is not seen.
FileWatch watch_bus_socket();

}  // namespace diktate
