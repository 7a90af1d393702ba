// Which sockets libcurl holds, and whether anybody is at their other end.
#pragma once

#include <map>
#include <set>
#include <string>

#include "base/clock.h"

namespace diktate {

// Belongs to the I/O thread.
class SocketBook {
 public:
  void add(int fd);
  void close(int fd);

  // The socket whose own end is this address and port; -1: there is none.
  int find(const std::string& local_address, int local_port) const;

  // So that libcurl finds it closed before it would be used again. Transfers on it fail.
  static void shut_down(int fd);
  void shut_down_all_but(const std::set<int>& kept) const;

 private:
  std::map<int, std::string> local_ends_;
};

// Whether the peer has closed or reset it. libcurl 7.88 does not see every reset.
bool is_closed(int fd);

// Whether what was sent this long ago is still not acknowledged by the peer's machine, sent again meanwhile:
// a peer that only thinks about its answer acknowledges within a round trip. Source: tcp(7), TCP_INFO.
bool peer_is_gone(int fd, Nanoseconds since_sent);

}  // namespace diktate
