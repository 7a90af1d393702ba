#include "net/socket_book.h"

#include <algorithm>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/address.h"

namespace diktate {
namespace {

// Linux sends a lone packet again after about 200 ms and two round trips (RFC 8985, 7.2); the answer to that
// takes another.
constexpr Nanoseconds kShortestSilence = std::chrono::milliseconds(240);

std::string end_of(const std::string& address, int port) { return address + " " + std::to_string(port); }

int port_of(const sockaddr_storage& address) {
  if (address.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
  return ntohs(reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port);
}

}  // namespace

void SocketBook::add(int fd) {
  sockaddr_storage own{};
  socklen_t size = sizeof own;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&own), &size) != 0) return;
  local_ends_[fd] = end_of(Address(reinterpret_cast<const sockaddr*>(&own), size).text(), port_of(own));
}

void SocketBook::close(int fd) {
  local_ends_.erase(fd);
  ::close(fd);
}

int SocketBook::find(const std::string& local_address, int local_port) const {
  const std::string wanted = end_of(local_address, local_port);
  const auto found = std::find_if(local_ends_.begin(), local_ends_.end(),
                                  [&](const auto& entry) { return entry.second == wanted; });
  return found == local_ends_.end() ? -1 : found->first;
}

void SocketBook::shut_down(int fd) { ::shutdown(fd, SHUT_RDWR); }

void SocketBook::shut_down_all_but(const std::set<int>& kept) const {
  for (const auto& [fd, end] : local_ends_) {
    if (!kept.contains(fd)) shut_down(fd);
  }
}

bool is_closed(int fd) {
  pollfd state{fd, POLLRDHUP, 0};
  return fd >= 0 && ::poll(&state, 1, 0) > 0;
}

bool peer_is_gone(int fd, Nanoseconds since_sent) {
  if (fd < 0 || since_sent < kShortestSilence) return false;
  tcp_info info{};
  socklen_t size = sizeof info;
  if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return false;
  const Nanoseconds silence = kShortestSilence + 3 * std::chrono::microseconds(info.tcpi_rtt);
  const Nanoseconds since_ack = std::chrono::milliseconds(info.tcpi_last_ack_recv);
  return info.tcpi_unacked > 0 && since_sent >= silence && since_ack >= silence;
}

}  // namespace diktate
