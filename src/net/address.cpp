#include "net/address.h"

#include <array>
#include <cstring>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>

namespace diktate {

Address::Address(const sockaddr* address, socklen_t size) : size_(size) {
  std::memcpy(&storage_, address, size);
}

std::string Address::text() const {
  std::array<char, NI_MAXHOST> text{};
  ::getnameinfo(get(), size_, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST);
  return text.data();
}

bool Address::is_loopback() const {
  if (family() == AF_INET) {
    const in_addr_t ip = ntohl(reinterpret_cast<const sockaddr_in*>(&storage_)->sin_addr.s_addr);
    return ip >> 24 == IN_LOOPBACKNET || ip == INADDR_ANY;
  }
  const in6_addr& ip = reinterpret_cast<const sockaddr_in6*>(&storage_)->sin6_addr;
  if (IN6_IS_ADDR_V4MAPPED(&ip)) return ip.s6_addr[12] == IN_LOOPBACKNET;
  return IN6_IS_ADDR_LOOPBACK(&ip) || IN6_IS_ADDR_UNSPECIFIED(&ip);
}

std::optional<Address> parse_address(const std::string& text, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(text.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return {};
  const Address address(found->ai_addr, found->ai_addrlen);
  ::freeaddrinfo(found);
  return address;
}

Addresses known_addresses(const std::string& host, std::uint16_t port) {
  if (host == "localhost" || host.ends_with(".localhost") || host == "localhost.") {
    return {*parse_address("127.0.0.1", port), *parse_address("::1", port)};
  }
  const auto literal = parse_address(host, port);
  return literal ? Addresses{*literal} : Addresses{};
}

}  // namespace diktate
