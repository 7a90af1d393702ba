#include "net/net_fixture.h"

#include <cstdlib>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

namespace diktate {

std::unique_ptr<HttpClient> client_with(HttpClientOptions options) {
  options.proxies = {};
  auto client = make_http_client(std::move(options));
  EXPECT_TRUE(client);
  return client ? std::move(*client) : nullptr;
}

Instant in(Nanoseconds duration) { return std::chrono::steady_clock::now() + duration; }

Nanoseconds since(Instant start) { return std::chrono::steady_clock::now() - start; }

LookupFunction knows(std::map<std::string, std::vector<std::string>> names) {
  return [names = std::move(names)](const std::string& host, std::uint16_t port) -> Result<Addresses> {
    const auto found = names.find(host);
    if (found == names.end()) return fail(ErrorKind::unavailable, "the name " + host + " does not resolve");
    Addresses addresses;
    for (const std::string& text : found->second) addresses.push_back(*parse_address(text, port));
    return addresses;
  };
}

StalledPort::StalledPort(const std::string& address, std::uint16_t port) {
  const Address own = *parse_address(address, port);
  listener_ = UniqueFd(::socket(own.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int yes = 1;
  ::setsockopt(listener_.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  EXPECT_EQ(::bind(listener_.get(), own.get(), own.size()), 0);
  EXPECT_EQ(::listen(listener_.get(), 0), 0);
  for (int i = 0; i < 3; ++i) {
    UniqueFd socket(::socket(own.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    ::connect(socket.get(), own.get(), own.size());
    pollfd ready{socket.get(), POLLOUT, 0};
    ::poll(&ready, 1, 20);
    waiting_.push_back(std::move(socket));
  }
}

ScratchFolder::ScratchFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "diktate-net-XXXXXX").string();
  path_ = ::mkdtemp(name.data());
}

ScratchFolder::~ScratchFolder() { std::filesystem::remove_all(path_); }

}  // namespace diktate
