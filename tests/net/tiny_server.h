// A server on loopback for the tests of net/: each connection is given to a script, and all is counted.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/files.h"

namespace diktate {

// One accepted connection, as a script sees it. Every call waits, at most until the server ends.
class Peer {
 public:
  explicit Peer(int fd) : fd_(fd) {}
  // A request with its body; empty: the client closed.
  std::string read_request();
  bool send(const std::string& bytes);
  void reset();  // closes with RST
  int fd() const { return fd_.get(); }

 private:
  UniqueFd fd_;
  std::string unread_;
};

// An answer with a length, "200 OK" for instance.
std::string answer(const std::string& body, const std::string& status = "200 OK",
                   const std::string& headers = "");

class TinyServer {
 public:
  // A connection's whole life, on a thread of its own; it is closed when the script returns.
  using Script = std::function<void(Peer& peer, int connection)>;

  // At a free port, or at this one. `address`: 127.0.0.1 or ::1.
  explicit TinyServer(Script script, const std::string& address = "127.0.0.1", std::uint16_t port = 0);
  ~TinyServer();
  TinyServer(const TinyServer&) = delete;
  TinyServer& operator=(const TinyServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::string url(const std::string& path = "/") const;
  int connections() const { return connections_; }

  // Answers every request with `body`, for as long as the client likes.
  static Script answers(const std::string& body);

 private:
  void serve();

  Script script_;
  std::string host_;
  std::uint16_t port_ = 0;
  UniqueFd listener_;
  std::atomic<int> connections_ = 0;
  std::mutex mutex_;
  std::vector<int> open_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace diktate
