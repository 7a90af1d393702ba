#include "rpc/server.h"

#include <algorithm>
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
constexpr std::size_t kChunk = 1 << 16;  // read of one client before the next has its turn
constexpr int kMostAdmitted = 16;        // the same for new ones

}  // namespace

struct RpcServer::Connection {
  UniqueFd socket;
  LineBuffer lines;
  Instant active;    // when it last asked for something
  double allowance;  // requests it may make now
  std::string unsent = {};
  int unanswered = 0;
  bool subscribed = false;
  std::vector<std::string> wanted = {};  // events; none: all
  bool ended = false;                    // it says no more, but may wait for answers
  bool gone = false;
  std::uint32_t watched = 0;  // events of epoll

  bool wants(std::string_view event) const {
    return subscribed && (wanted.empty() || std::find(wanted.begin(), wanted.end(), event) != wanted.end());
  }
  bool is_waiting() const { return subscribed || unanswered > 0; }
};

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
  if (connections_.size() >= options_.most_clients && !make_room())
    return refuse_it({RpcCode::too_much, "too many clients wait for the daemon already"});
  const RpcClientId client = ++last_client_;
  Connection connection{std::move(socket), LineBuffer(options_.longest_message), clock_.now(),
                        static_cast<double>(options_.requests_per_second)};
  watch(client, connections_.emplace(client, std::move(connection)).first->second, EPOLL_CTL_ADD);
}

// Whether somebody could be sent away.
bool RpcServer::make_room() {
  auto idlest = connections_.end();
  for (auto at = connections_.begin(); at != connections_.end(); ++at) {
    if (at->second.is_waiting()) continue;
    if (idlest == connections_.end() || at->second.active < idlest->second.active) idlest = at;
  }
  if (idlest == connections_.end()) return false;
  connections_.erase(idlest);
  return true;
}

void RpcServer::serve_client(RpcClientId client, std::uint32_t ready) {
  const auto found = connections_.find(client);
  if (found == connections_.end()) return;
  Connection& connection = found->second;
  if ((ready & EPOLLOUT) != 0) flush(connection);
  if ((ready & EPOLLIN) != 0 && !connection.ended) {
    read_from(connection);
    take_lines(client, connection);
  }
  if ((ready & (EPOLLHUP | EPOLLERR)) != 0) connection.gone = true;
}

void RpcServer::read_from(Connection& connection) {
  std::array<char, kChunk> bytes;  // NOLINT(cppcoreguidelines-pro-type-member-init): read into
  const ssize_t count = ::recv(connection.socket.get(), bytes.data(), bytes.size(), 0);
  if (count > 0) {
    connection.lines.push({bytes.data(), static_cast<std::size_t>(count)});
  } else if (count == 0) {
    connection.ended = true;
  } else if (errno != EAGAIN && errno != EINTR) {
    connection.gone = true;
  }
}

void RpcServer::take_lines(RpcClientId client, Connection& connection) {
  while (!connection.gone) {
    const auto line = connection.lines.next();
    if (!line) break;
    handle(client, connection, *line);
  }
  if (!connection.lines.too_long()) return;
  send(connection, fault_line({RpcCode::too_much, "the message is too long"}));
  connection.gone = true;
}

void RpcServer::handle(RpcClientId client, Connection& connection, const std::string& line) {
  if (!within_rate(connection)) {
    send(connection, fault_line({RpcCode::too_much, "too many requests in a second"}));
    connection.gone = true;
    return;
  }
  const auto request = parse_request(line);
  if (!request) return send(connection, fault_line(request.error()));
  if (!request->id.empty()) ++connection.unanswered;
  on_request_(client, *request);
}

// A bucket that holds the requests of one second, and fills as fast.
bool RpcServer::within_rate(Connection& connection) {
  const Instant now = clock_.now();
  const double rate = options_.requests_per_second;
  const double seconds = std::chrono::duration<double>(now - connection.active).count();
  connection.active = now;
  connection.allowance = std::min(rate, connection.allowance + seconds * rate);
  connection.allowance -= 1;
  return connection.allowance >= 0;
}

void RpcServer::answer(RpcClientId client, std::string_view id, std::string_view result) {
  const auto found = connections_.find(client);
  if (id.empty() || found == connections_.end()) return;
  --found->second.unanswered;
  send(found->second, result_line(id, result));
  if (!serving_) sweep();
}

void RpcServer::refuse(RpcClientId client, const RpcFault& fault) {
  const auto found = connections_.find(client);
  if (fault.id.empty() || found == connections_.end()) return;
  --found->second.unanswered;
  send(found->second, fault_line(fault));
  if (!serving_) sweep();
}

void RpcServer::subscribe(RpcClientId client, std::vector<std::string> events) {
  const auto found = connections_.find(client);
  if (found == connections_.end()) return;
  found->second.subscribed = true;
  found->second.wanted = std::move(events);
}

void RpcServer::publish(std::string_view event, std::string_view data) {
  const std::string line = event_line(++events_, event, data);
  for (auto& [client, connection] : connections_) {
    if (connection.wants(event)) send(connection, line);
  }
  if (!serving_) sweep();
}

void RpcServer::send(Connection& connection, std::string_view line) {
  if (connection.gone) return;
  connection.unsent += line;
  flush(connection);
  if (connection.unsent.size() > options_.most_unsent) connection.gone = true;
}

void RpcServer::flush(Connection& connection) {
  while (!connection.unsent.empty()) {
    const ssize_t sent =
        ::send(connection.socket.get(), connection.unsent.data(), connection.unsent.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno != EAGAIN) connection.gone = true;
    if (sent < 0) return;
    connection.unsent.erase(0, static_cast<std::size_t>(sent));
  }
}

// For what it says, and, where it left something unread, for room.
void RpcServer::watch(RpcClientId client, Connection& connection, int operation) {
  epoll_event event{};
  if (!connection.ended) event.events |= EPOLLIN;
  if (!connection.unsent.empty()) event.events |= EPOLLOUT;
  event.data.u64 = client;
  if (operation == EPOLL_CTL_MOD && event.events == connection.watched) return;
  connection.watched = event.events;
  ::epoll_ctl(epoll_.get(), operation, connection.socket.get(), &event);
}

void RpcServer::sweep() {
  for (auto at = connections_.begin(); at != connections_.end();) {
    Connection& connection = at->second;
    if (connection.ended && connection.unsent.empty() && !connection.is_waiting()) connection.gone = true;
    if (!connection.gone) watch(at->first, connection, EPOLL_CTL_MOD);
    at = connection.gone ? connections_.erase(at) : std::next(at);
  }
}

}  // namespace diktate
