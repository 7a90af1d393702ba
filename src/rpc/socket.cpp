#include "rpc/socket.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace diktate {
namespace {

namespace fs = std::filesystem;

constexpr int kBacklog = 64;

tl::unexpected<Error> system_error(const std::string& what, const fs::path& path) {
  return fail(ErrorKind::failed, what + " " + path.string() + ": " + std::strerror(errno));
}

Result<sockaddr_un> address_of(const fs::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = path.string();
  if (name.size() >= sizeof address.sun_path)
    return fail(ErrorKind::invalid, "the path of the socket is too long: " + name);
  std::memcpy(&address.sun_path[0], name.data(), name.size());
  return address;
}

const sockaddr* generic(const sockaddr_un& address) { return reinterpret_cast<const sockaddr*>(&address); }

UniqueFd make_socket(int flags) { return UniqueFd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | flags, 0)); }

// A folder in which nobody else can do anything.
Result<void> own_folder(const fs::path& folder) {
  if (auto made = make_private_folder(folder); !made) return made;
  struct stat status {};
  if (::lstat(folder.c_str(), &status) != 0) return system_error("cannot use", folder);
  if (!S_ISDIR(status.st_mode) || status.st_uid != ::geteuid())
    return fail(ErrorKind::failed, folder.string() + " is not a folder of yours; remove it");
  if ((status.st_mode & 077U) != 0 && ::chmod(folder.c_str(), 0700) != 0)
    return system_error("cannot close to others", folder);
  return {};
}

// The kernel takes the lock back however its holder ends, which is what tells a dead daemon's socket from a
// live one's.
Result<UniqueFd> lock(const fs::path& socket) {
  const fs::path path = socket.parent_path() / "lock";
  UniqueFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) return system_error("cannot open", path);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return file;
  if (errno != EWOULDBLOCK) return system_error("cannot lock", path);
  return fail(ErrorKind::unavailable,
              "a daemon runs already (" + socket.string() + "); 'diktate status' asks it how it is");
}

}  // namespace

Result<fs::path> rpc_socket_path() {
  const char* folder = std::getenv("XDG_RUNTIME_DIR");
  if (folder != nullptr && *folder != '\0' && *folder != '/') {
    return fail(ErrorKind::unavailable, std::string("XDG_RUNTIME_DIR is '") + folder +
                                            "', which is no absolute path; try: export "
                                            "XDG_RUNTIME_DIR=/run/user/$(id -u)");
  }
  if (folder == nullptr || *folder == '\0') {
    return fail(ErrorKind::unavailable,
                "XDG_RUNTIME_DIR is not set; a login sets it, or: export XDG_RUNTIME_DIR=/run/user/$(id -u)");
  }
  return fs::path(folder) / "diktate" / "rpc.sock";
}

Result<RpcListener> listen_at(const fs::path& path) {
  const auto address = address_of(path);
  if (!address) return tl::unexpected(address.error());
  if (auto folder = own_folder(path.parent_path()); !folder) return tl::unexpected(folder.error());
  auto held = lock(path);
  if (!held) return tl::unexpected(held.error());
  ::unlink(path.c_str());
  UniqueFd socket = make_socket(SOCK_NONBLOCK);
  if (!socket || ::bind(socket.get(), generic(*address), sizeof *address) != 0 ||
      ::chmod(path.c_str(), 0600) != 0 || ::listen(socket.get(), kBacklog) != 0)
    return system_error("cannot listen at", path);
  return RpcListener{std::move(*held), std::move(socket)};
}

Result<UniqueFd> connect_to(const fs::path& path) {
  const auto address = address_of(path);
  if (!address) return tl::unexpected(address.error());
  UniqueFd socket = make_socket(0);
  if (!socket) return system_error("cannot connect to", path);
  if (::connect(socket.get(), generic(*address), sizeof *address) != 0) {
    if (errno == ENOENT || errno == ECONNREFUSED || errno == ENOTDIR)
      return fail(ErrorKind::unavailable,
                  "no daemon runs; start it with 'diktate daemon' or 'systemctl --user start diktate'");
    return system_error("cannot connect to", path);
  }
  if (!is_own_peer(socket.get()))
    return fail(ErrorKind::invalid, path.string() + " is another user's daemon; it takes no orders from you");
  return socket;
}

bool is_own_peer(int socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::geteuid();
}

}  // namespace diktate
