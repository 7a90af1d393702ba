// Where a sound server that comes back shows itself. Inside this folder only.
#pragma once

#include "base/file_watch.h"

namespace diktate {

// Watches for the socket of the server, and the folder in which it makes it, from now on. A server elsewhere
// (over the network) is not seen.
FileWatch watch_server_socket();

}  // namespace diktate
