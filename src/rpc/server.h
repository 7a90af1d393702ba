// The daemon's end of its socket: many clients, served by one thread that waits in poll for other things as
// well.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "rpc/connection.h"
#include "rpc/message.h"
#include "rpc/socket.h"

namespace diktate {

struct RpcServerOptions {
  std::filesystem::path socket;
  // When one more comes, whoever was silent for longest makes room; clients that wait for an answer or for
  // events stay, and if all do, the new one is refused.
  std::size_t most_clients = 64;
  RpcLimits limits = {};  // of each; what is beyond them ends its connection
};

// Never used twice.
using RpcClientId = std::uint64_t;

// One thread uses it, and nothing here waits.
class RpcServer {
 public:
  // May call back, all of it. Every request that has an id must get one answer() or refuse(), now or later.
  using OnRequest = std::function<void(RpcClientId client, const RpcRequest& request)>;

  // Fails as listen_at(). `clock` is borrowed.
  static Result<std::unique_ptr<RpcServer>> listen(const RpcServerOptions& options, const Clock& clock,
                                                   OnRequest on_request);
  ~RpcServer();  // removes the socket
  RpcServer(const RpcServer&) = delete;
  RpcServer& operator=(const RpcServer&) = delete;

  // Readable when serve() has something to do.
  int descriptor() const { return epoll_.get(); }
  void serve();

  // Of a client that is gone nothing is said. `result` and `data` are JSON text.
  void answer(RpcClientId client, std::string_view id, std::string_view result);
  void refuse(RpcClientId client, const RpcFault& fault);

  // The client gets the events of these names from now on; none: all.
  void subscribe(RpcClientId client, std::vector<std::string> events);
  void publish(std::string_view event, std::string_view data);
  std::uint64_t events() const { return events_; }  // published so far

  std::size_t clients() const { return clients_.size(); }

 private:
  struct Client {
    RpcConnection connection;
    std::uint32_t watched = 0;  // events of epoll
  };

  RpcServer(const RpcServerOptions& options, const Clock& clock, OnRequest on_request, RpcListener listener,
            UniqueFd epoll);
  void accept_all();
  void admit(UniqueFd socket);
  bool make_room();
  void serve_client(RpcClientId id, std::uint32_t ready);
  void take_lines(RpcClientId id, RpcConnection& connection);
  void handle(RpcClientId id, RpcConnection& connection, const std::string& line);
  void reply(RpcClientId id, std::string_view line);
  void watch(RpcClientId id, Client& client, int operation);
  void sweep();  // sends away those that are gone

  const RpcServerOptions options_;
  const Clock& clock_;
  const OnRequest on_request_;
  const RpcListener listener_;
  const UniqueFd epoll_;
  std::map<RpcClientId, Client> clients_;
  RpcClientId last_client_ = 0;
  std::uint64_t events_ = 0;
  bool serving_ = false;
};

}  // namespace diktate
