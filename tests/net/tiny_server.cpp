#include "net/tiny_server.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/address.h"

namespace diktate {
namespace {

std::size_t length_of_body(const std::string& head) {
  const std::string name = "Content-Length: ";
  const std::size_t at = head.find(name);
  return at == std::string::npos ? 0 : std::strtoul(head.c_str() + at + name.size(), nullptr, 10);
}

std::uint16_t port_of(int listener) {
  sockaddr_storage own{};
  socklen_t size = sizeof own;
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&own), &size);
  return ntohs(own.ss_family == AF_INET ? reinterpret_cast<sockaddr_in*>(&own)->sin_port
                                        : reinterpret_cast<sockaddr_in6*>(&own)->sin6_port);
}

}  // namespace

std::string Peer::read_request() {
  for (;;) {
    const std::size_t end = unread_.find("\r\n\r\n");
    if (end != std::string::npos) {
      const std::size_t size = end + 4 + length_of_body(unread_.substr(0, end));
      if (unread_.size() >= size) {
        std::string request = unread_.substr(0, size);
        unread_.erase(0, size);
        return request;
      }
    }
    std::array<char, 65536> block{};
    const ssize_t count = ::recv(fd_.get(), block.data(), block.size(), 0);
    if (count <= 0) return {};
    unread_.append(block.data(), static_cast<std::size_t>(count));
  }
}

bool Peer::send(const std::string& bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t count = ::send(fd_.get(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) return false;
    sent += static_cast<std::size_t>(count);
  }
  return true;
}

void Peer::reset() {
  const linger now{1, 0};
  ::setsockopt(fd_.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

std::string answer(const std::string& body, const std::string& status, const std::string& headers) {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers +
         "\r\n" + body;
}

TinyServer::TinyServer(Script script, const std::string& address, std::uint16_t port)
    : script_(std::move(script)), host_(address) {
  const Address own = *parse_address(address, port);
  listener_ = UniqueFd(::socket(own.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int yes = 1;
  ::setsockopt(listener_.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (own.family() == AF_INET6) ::setsockopt(listener_.get(), IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
  if (::bind(listener_.get(), own.get(), own.size()) != 0 || ::listen(listener_.get(), 64) != 0) {
    ADD_FAILURE() << "cannot listen at " << address << ":" << port;
    return;
  }
  port_ = port_of(listener_.get());
  acceptor_ = std::thread([this] { serve(); });
}

TinyServer::~TinyServer() {
  ::shutdown(listener_.get(), SHUT_RDWR);
  if (acceptor_.joinable()) acceptor_.join();
  {
    std::lock_guard lock(mutex_);
    for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
}

std::string TinyServer::url(const std::string& path) const {
  const bool bracketed = host_.find(':') != std::string::npos;
  return "http://" + (bracketed ? "[" + host_ + "]" : host_) + ":" + std::to_string(port_) + path;
}

void TinyServer::serve() {
  for (;;) {
    const int fd = ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    const int connection = ++connections_;
    std::lock_guard lock(mutex_);
    open_.push_back(fd);
    threads_.emplace_back([this, fd, connection] {
      Peer peer(fd);
      script_(peer, connection);
      std::lock_guard closing(mutex_);
      std::erase(open_, fd);
    });
  }
}

TinyServer::Script TinyServer::answers(const std::string& body) {
  return [body](Peer& peer, int) {
    for (std::string request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      peer.send(answer(request.starts_with("HEAD") ? "" : body));
    }
  };
}

}  // namespace diktate
