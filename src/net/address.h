// IP addresses as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/socket.h>

namespace diktate {

// An IP address with a port, as the kernel takes it.
class Address {
 public:
  Address(const sockaddr* address, socklen_t size);

  std::string text() const;  // without the port: "127.0.0.1", "::1", "fe80::1%eth0"
  bool is_loopback() const;  // including 0.0.0.0 and ::, which the kernel takes to this machine
  int family() const { return storage_.ss_family; }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage_); }
  socklen_t size() const { return size_; }

 private:
  sockaddr_storage storage_{};
  socklen_t size_ = 0;
};

using Addresses = std::vector<Address>;

// "127.0.0.1", "::1"; nothing for a name. Does not wait.
std::optional<Address> parse_address(const std::string& text, std::uint16_t port);

// The addresses of a host that nobody has to be asked about: literals, and localhost with the names below it,
// which are both loopback addresses whatever a file says (RFC 6761, 6.3). Empty for all others.
Addresses known_addresses(const std::string& host, std::uint16_t port);

}  // namespace diktate
