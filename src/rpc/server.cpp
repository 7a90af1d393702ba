#include "rpc/server.h"

#include <array>
#include <cerrno>
#include <iterator>
#include <utility>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace diktate {
namespace {

constexpr RpcClientId kListener = 0;
constexpr int kMostAdmitted = 16;  // before those that are there have their turn again

}  // namespace

Result<std::unique_ptr<RpcServer>> RpcServer::listen(const RpcServerOptions& options, const Clock& clock,
                                                     OnRequest on_request) {
  auto listener = listen_at(options.socket);
  if (!listener) return tl::unexpected(listener.error());
  UniqueFd epoll(::epoll_create1(EPOLL_CLOEXEC));
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = kListener;
  if (!epoll || ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, listener->socket.get(), &event) != 0)
    return fail(ErrorKind::failed, "cannot watch " + options.socket.string());
  return std::unique_ptr<RpcServer>(
      new RpcServer(options, clock, std::move(on_request), std::move(*listener), std::move(epoll)));
}

RpcServer::RpcServer(const RpcServerOptions& options, const Clock& clock, OnRequest on_request,
                     RpcListener listener, UniqueFd epoll)
    : options_(options),
      clock_(clock),
      on_request_(std::move(on_request)),
      listener_(std::move(listener)),
      epoll_(std::move(epoll)) {}

RpcServer::~RpcServer() { ::unlink(options_.socket.c_str()); }

void RpcServer::serve() {
  std::array<epoll_event, 64> ready{};
  const int count = ::epoll_wait(epoll_.get(), ready.data(), static_cast<int>(ready.size()), 0);
  serving_ = true;
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = ready[static_cast<std::size_t>(i)];
    if (event.data.u64 != kListener) serve_client(event.data.u64, event.events);
  }
  // Last, so that nobody who just said something has to make room.
  for (int i = 0; i < count; ++i) {
    if (ready[static_cast<std::size_t>(i)].data.u64 == kListener) accept_all();
  }
  serving_ = false;
  sweep();
}

void RpcServer::accept_all() {
  for (int admitted = 0; admitted < kMostAdmitted; ++admitted) {
    UniqueFd socket(::accept4(listener_.socket.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket && (errno == EMFILE || errno == ENFILE) && make_room()) continue;
    if (!socket) return;
    admit(std::move(socket));
  }
}

void RpcServer::admit(UniqueFd socket) {
  const auto refuse_it = [&](const RpcFault& fault) {
    const std::string line = fault_line(fault);
    static_cast<void>(::send(socket.get(), line.data(), line.size(), MSG_NOSIGNAL));
  };
  if (!is_own_peer(socket.get())) {
    return refuse_it({RpcCode::failed, "this is another user's daemon; it takes no orders from you"});
  }
  if (clients_.size() >= options_.most_clients && !make_room())
    return refuse_it({RpcCode::too_much, "too many clients wait for the daemon already"});
  const RpcClientId id = ++last_client_;
  RpcConnection connection(std::move(socket), options_.limits, clock_.now());
  watch(id, clients_.emplace(id, Client{std::move(connection)}).first->second, EPOLL_CTL_ADD);
}

// Whether somebody could be sent away.
bool RpcServer::make_room() {
  auto idlest = clients_.end();
  for (auto at = clients_.begin(); at != clients_.end(); ++at) {
    const RpcConnection& connection = at->second.connection;
    if (connection.is_waiting()) continue;
    if (idlest == clients_.end() || connection.active() < idlest->second.connection.active()) idlest = at;
  }
  if (idlest == clients_.end()) return false;
  clients_.erase(idlest);
  return true;
}

void RpcServer::serve_client(RpcClientId id, std::uint32_t ready) {
  const auto found = clients_.find(id);
  if (found == clients_.end()) return;
  RpcConnection& connection = found->second.connection;
  if ((ready & EPOLLOUT) != 0) connection.flush();
  if ((ready & EPOLLIN) != 0) {
    connection.read();
    take_lines(id, connection);
  }
  if ((ready & (EPOLLHUP | EPOLLERR)) != 0) connection.close();
}

void RpcServer::take_lines(RpcClientId id, RpcConnection& connection) {
  while (connection.open()) {
    const auto line = connection.next_line();
    if (!line) break;
    handle(id, connection, *line);
  }
  if (!connection.line_too_long()) return;
  connection.send(fault_line({RpcCode::too_much, "the message is too long"}));
  connection.close();
}

void RpcServer::handle(RpcClientId id, RpcConnection& connection, const std::string& line) {
  if (!connection.ask(clock_.now())) {
    connection.send(fault_line({RpcCode::too_much, "too many requests in a second"}));
    return connection.close();
  }
  const auto request = parse_request(line);
  if (!request) return connection.send(fault_line(request.error()));
  if (!request->id.empty()) connection.wait_for_answer();
  on_request_(id, *request);
}

void RpcServer::answer(RpcClientId client, std::string_view id, std::string_view result) {
  if (!id.empty()) reply(client, result_line(id, result));
}

void RpcServer::refuse(RpcClientId client, const RpcFault& fault) {
  if (!fault.id.empty()) reply(client, fault_line(fault));
}

void RpcServer::reply(RpcClientId id, std::string_view line) {
  const auto found = clients_.find(id);
  if (found == clients_.end()) return;
  found->second.connection.answered();
  found->second.connection.send(line);
  if (!serving_) sweep();
}

void RpcServer::subscribe(RpcClientId client, std::vector<std::string> events) {
  const auto found = clients_.find(client);
  if (found != clients_.end()) found->second.connection.subscribe(std::move(events));
}

void RpcServer::publish(std::string_view event, std::string_view data) {
  const std::string line = event_line(++events_, event, data);
  for (auto& [id, client] : clients_) {
    if (client.connection.wants(event)) client.connection.send(line);
  }
  if (!serving_) sweep();
}

// For what it says, and, where it left something unread, for room.
void RpcServer::watch(RpcClientId id, Client& client, int operation) {
  epoll_event event{};
  if (client.connection.wants_to_read()) event.events |= EPOLLIN;
  if (client.connection.wants_to_write()) event.events |= EPOLLOUT;
  event.data.u64 = id;
  if (operation == EPOLL_CTL_MOD && event.events == client.watched) return;
  client.watched = event.events;
  ::epoll_ctl(epoll_.get(), operation, client.connection.descriptor(), &event);
}

void RpcServer::sweep() {
  for (auto at = clients_.begin(); at != clients_.end();) {
    const bool over = at->second.connection.over();
    if (!over) watch(at->first, at->second, EPOLL_CTL_MOD);
    at = over ? clients_.erase(at) : std::next(at);
  }
}

}  // namespace diktate
