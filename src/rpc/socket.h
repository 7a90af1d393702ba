// The Unix socket of the daemon: where it is, and who may be at its other end.
#pragma once

#include <filesystem>

#include "base/files.h"
#include "base/result.h"

namespace diktate {

// $XDG_RUNTIME_DIR/diktate/rpc.sock. `unavailable`: the variable is not set; the message says what to set.
Result<std::filesystem::path> rpc_socket_path();

// A listening socket, 0600 in a folder 0700; one that a dead daemon left is replaced.
struct RpcListener {
  UniqueFd lock;  // held while it lives: nobody else listens there
  UniqueFd socket;
};

// `unavailable`: a daemon listens there already.
Result<RpcListener> listen_at(const std::filesystem::path& path);

// Waits until the daemon has room for another client. `unavailable`: no daemon; `invalid`: it is another
// user's.
Result<UniqueFd> connect_to(const std::filesystem::path& path);

// Whether the process at the other end runs as the same user as this one. Root is nobody else's user.
bool is_own_peer(int socket);

}  // namespace diktate
