// An HTTP/1.1 server on loopback that does what a test scripts, well-behaved or not, and remembers what it
// was asked. It has sockets of its own and a thread for each connection, so that nothing under test can hide
// in it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "fakes/http_script.h"

namespace diktate::fakes {

struct Received {
  std::string method;
  std::string path;  // with its query
  Headers headers;   // names in lower case
  std::string body;
  int connection;  // from 1, in the order of accepts
  int turn;        // from 1: which request on its connection

  std::string header(std::string_view lower_case_name) const;  // "" where there is none
};

struct ServerOptions {
  enum class IdleEnd {
    fin,    // closes in good order
    reset,  // closes with RST
    race,   // resets when the next request begins to arrive, without executing it
  };
  bool ipv6 = false;                  // [::1] instead of 127.0.0.1
  std::uint16_t port = 0;             // 0: any free one
  std::chrono::milliseconds idle{0};  // 0: idle connections stay open
  IdleEnd idle_end = IdleEnd::fin;
  int reset_from_turn =
      0;  // from this request of a connection on: executes it, then resets instead of answering
};

// Every method may be called from any thread.
class ScriptedServer {
 public:
  using Handler = std::function<HttpScript(const Received&)>;

  explicit ScriptedServer(ServerOptions options = {});
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  ~ScriptedServer();  // stops

  std::uint16_t port() const;
  std::string url(std::string_view path = "") const;  // "http://127.0.0.1:PORT" and the path

  // What is done for a path (without its query): the scripts in turn, the last one again and again. What is
  // given later replaces what was there. A path that is not scripted answers 404.
  void on(std::string_view path, HttpScript script);
  void on(std::string_view path, std::vector<HttpScript> scripts);
  void on(std::string_view path, Handler handler);  // called by the connection's thread

  // Lets all scripts go on that hold, and those that will.
  void release();

  // Closes everything at once, connections with RST: the port refuses. start() serves on the same port again.
  void stop();
  void start();

  int accepts() const;
  int executions(std::string_view path = "") const;  // requests read whole and acted on; "": of any path
  int lost() const;                                  // scripts whose peer went away before their end
  int open_connections() const;
  std::vector<Received> received(std::string_view path = "") const;

  // Waits until `holds` is true, looking often; false after ten seconds. For instants that a test cannot see.
  bool eventually(const std::function<bool()>& holds) const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

// A port of 127.0.0.1 that refuses as long as this lives: nobody else can take it.
class RefusingPort {
 public:
  RefusingPort();
  std::uint16_t port() const { return port_; }

 private:
  UniqueFd socket_;
  std::uint16_t port_ = 0;
};

// A port of 127.0.0.1 that answers no connect at all: its queue is full, so the kernel drops what arrives.
class SilentPort {
 public:
  SilentPort();
  std::uint16_t port() const { return port_; }

 private:
  UniqueFd socket_;
  std::uint16_t port_ = 0;
  std::vector<UniqueFd> filling_;
};

}  // namespace diktate::fakes
