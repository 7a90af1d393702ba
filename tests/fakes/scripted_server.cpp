#include "fakes/scripted_server.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <cctype>
#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace diktate::fakes {
namespace {

using SteadyTime = std::chrono::steady_clock;
using std::chrono::milliseconds;

union Address {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
};

Address loopback(bool ipv6, std::uint16_t port) {
  Address address{};
  if (ipv6) {
    address.v6.sin6_family = AF_INET6;
    address.v6.sin6_addr = in6addr_loopback;
    address.v6.sin6_port = htons(port);
  } else {
    address.v4.sin_family = AF_INET;
    address.v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.v4.sin_port = htons(port);
  }
  return address;
}

// Ends the test program where even this is not to be had.
void require(bool condition, const char* what) {
  if (condition) return;
  std::perror(what);
  std::abort();
}

UniqueFd bound(bool ipv6, std::uint16_t port) {
  UniqueFd fd(::socket(ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  require(static_cast<bool>(fd), "socket");
  const int yes = 1;
  ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  const Address address = loopback(ipv6, port);
  require(::bind(fd.get(), &address.any, ipv6 ? sizeof address.v6 : sizeof address.v4) == 0, "bind");
  return fd;
}

std::uint16_t port_of(int fd) {
  Address address{};
  socklen_t size = sizeof address;
  require(::getsockname(fd, &address.any, &size) == 0, "getsockname");
  return ntohs(address.any.sa_family == AF_INET6 ? address.v6.sin6_port : address.v4.sin_port);
}

void reset_on_close(int fd) {
  const linger now{1, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return text;
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return std::string(text);
}

std::string without_query(std::string_view path) { return std::string(path.substr(0, path.find('?'))); }

Received parsed_head(std::string_view head) {
  Received request{};
  std::size_t end = head.find("\r\n");
  const std::string_view first = head.substr(0, end);
  const std::size_t space = first.find(' ');
  request.method = first.substr(0, space);
  request.path = first.substr(space + 1, first.rfind(' ') - space - 1);
  while (end < head.size()) {
    const std::size_t begin = end + 2;
    end = std::min(head.find("\r\n", begin), head.size());
    const std::string_view line = head.substr(begin, end - begin);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    request.headers.emplace_back(lower(std::string(line.substr(0, colon))), trimmed(line.substr(colon + 1)));
  }
  return request;
}

}  // namespace

std::string Received::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) return value;
  }
  return {};
}

class ScriptedServer::State {
 public:
  explicit State(ServerOptions options) : options_(options) { start(); }
  ~State() { stop(); }

  void start();
  void stop();

  // One connection, on its own thread.
  struct Connection {
    State& state;
    UniqueFd fd;
    int number;
    int turn = 0;
    std::string buffer = {};
    SteadyTime::time_point quiet_since = SteadyTime::now();

    void serve();
    bool serve_one();
    std::optional<Received> read_request();
    bool read_body(Received& request);
    bool read_chunked(std::string& body);
    bool take(std::size_t size, std::string& into);
    std::optional<std::string> take_line();
    bool fill();
    bool wait_for_turn();
    enum class Seen { data, peer_gone, time_up, stopped };
    Seen wait(short events, std::optional<SteadyTime::time_point> until) const;
    bool play(const HttpScript& script);
    bool play(const HttpScript::Step& step);
    bool pause(milliseconds time) const;
    bool hold() const;
    bool send(std::string_view bytes) const;
    bool drip(const HttpScript::Step& step) const;
    bool flood(const HttpScript::Step& step) const;
  };

  HttpScript script_for(const Received& request);

  const ServerOptions options_;
  mutable std::mutex mutex_;
  std::map<std::string, Handler, std::less<>> handlers_;
  std::vector<Received> received_;
  std::uint16_t port_ = 0;
  int accepts_ = 0;
  std::atomic<int> lost_{0};
  std::atomic<int> open_{0};
  std::atomic<bool> stopping_{false};
  std::atomic<bool> released_{false};

 private:
  void accept_all(const UniqueFd& listener);

  UniqueFd stop_event_;
  std::thread acceptor_;
  std::list<std::jthread> connections_;  // the acceptor's
};

void ScriptedServer::State::start() {
  if (acceptor_.joinable()) return;
  UniqueFd listener = bound(options_.ipv6, port_ != 0 ? port_ : options_.port);
  require(::listen(listener.get(), 128) == 0, "listen");
  port_ = port_of(listener.get());
  stopping_ = false;
  stop_event_ = UniqueFd(::eventfd(0, EFD_CLOEXEC));
  acceptor_ = std::thread([this, fd = std::move(listener)] { accept_all(fd); });
}

void ScriptedServer::State::stop() {
  if (!acceptor_.joinable()) return;
  stopping_ = true;
  const std::uint64_t one = 1;
  require(::write(stop_event_.get(), &one, sizeof one) == sizeof one, "eventfd");
  acceptor_.join();
}

void ScriptedServer::State::accept_all(const UniqueFd& listener) {
  std::array<pollfd, 2> watched{{{listener.get(), POLLIN, 0}, {stop_event_.get(), POLLIN, 0}}};
  while (!stopping_) {
    ::poll(watched.data(), watched.size(), -1);
    if (stopping_) break;
    UniqueFd fd(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!fd) continue;
    const int yes = 1;
    ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    int number = 0;
    {
      const std::lock_guard lock(mutex_);
      number = ++accepts_;
    }
    ++open_;
    connections_.emplace_back([this, number, owned = std::move(fd)]() mutable {
      Connection connection{*this, std::move(owned), number};
      connection.serve();
      if (stopping_) reset_on_close(connection.fd.get());
      connection.fd = UniqueFd();
      --open_;
    });
  }
  connections_.clear();  // joins
}

HttpScript ScriptedServer::State::script_for(const Received& request) {
  Handler handler;
  {
    const std::lock_guard lock(mutex_);
    received_.push_back(request);
    const auto found = handlers_.find(without_query(request.path));
    if (found != handlers_.end()) handler = found->second;
  }
  return handler ? handler(request) : HttpScript().answer(404, "text/plain", "404 page not found");
}

void ScriptedServer::State::Connection::serve() {
  while (!state.stopping_ && serve_one()) {
  }
}

bool ScriptedServer::State::Connection::serve_one() {
  if (!wait_for_turn()) return false;
  auto request = read_request();
  if (!request) return false;
  request->connection = number;
  request->turn = ++turn;
  const HttpScript script = state.script_for(*request);
  if (state.options_.reset_from_turn > 0 && turn >= state.options_.reset_from_turn) {
    reset_on_close(fd.get());
    return false;
  }
  if (!play(script)) return false;
  quiet_since = SteadyTime::now();
  return lower(request->header("connection")) != "close";
}

// False: the connection is over.
bool ScriptedServer::State::Connection::wait_for_turn() {
  using IdleEnd = ServerOptions::IdleEnd;
  if (!buffer.empty()) return true;
  const milliseconds idle = state.options_.idle;
  const bool limited = idle.count() > 0 && turn > 0;
  const auto until = quiet_since + idle;
  const bool race = state.options_.idle_end == IdleEnd::race;
  const Seen seen = wait(POLLIN, limited && !race ? std::optional(until) : std::nullopt);
  if (seen == Seen::time_up && state.options_.idle_end == IdleEnd::reset) reset_on_close(fd.get());
  if (seen == Seen::data && limited && race && SteadyTime::now() >= until) {
    reset_on_close(fd.get());
    return false;
  }
  return seen == Seen::data;
}

ScriptedServer::State::Connection::Seen ScriptedServer::State::Connection::wait(
    short events, std::optional<SteadyTime::time_point> until) const {
  while (true) {
    if (state.stopping_) return Seen::stopped;
    const auto left = until ? *until - SteadyTime::now() : SteadyTime::duration(milliseconds(20));
    if (left.count() <= 0) return Seen::time_up;
    const auto slice = std::min<SteadyTime::duration>(left, milliseconds(20));
    const auto ns = std::chrono::duration_cast<std::chrono::nanoseconds>(slice).count();
    const timespec time{0, ns};
    pollfd watched{fd.get(), static_cast<short>(events | POLLRDHUP), 0};
    if (::ppoll(&watched, 1, &time, nullptr) <= 0) continue;
    if ((watched.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0 && (watched.revents & events & POLLIN) == 0)
      return Seen::peer_gone;
    return Seen::data;
  }
}

bool ScriptedServer::State::Connection::fill() {
  if (wait(POLLIN, std::nullopt) != Seen::data) return false;
  std::array<char, 65536> bytes;
  const ssize_t size = ::recv(fd.get(), bytes.data(), bytes.size(), 0);
  if (size <= 0) return false;
  buffer.append(bytes.data(), static_cast<std::size_t>(size));
  return true;
}

bool ScriptedServer::State::Connection::take(std::size_t size, std::string& into) {
  while (buffer.size() < size) {
    if (!fill()) return false;
  }
  into.append(buffer, 0, size);
  buffer.erase(0, size);
  return true;
}

std::optional<std::string> ScriptedServer::State::Connection::take_line() {
  std::size_t end = 0;
  while ((end = buffer.find("\r\n")) == std::string::npos) {
    if (!fill()) return std::nullopt;
  }
  std::string line = buffer.substr(0, end);
  buffer.erase(0, end + 2);
  return line;
}

std::optional<Received> ScriptedServer::State::Connection::read_request() {
  std::size_t end = 0;
  while ((end = buffer.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) return std::nullopt;
  }
  Received request = parsed_head(std::string_view(buffer).substr(0, end));
  buffer.erase(0, end + 4);
  if (lower(request.header("expect")) == "100-continue") send("HTTP/1.1 100 Continue\r\n\r\n");
  if (!read_body(request)) return std::nullopt;
  return request;
}

bool ScriptedServer::State::Connection::read_body(Received& request) {
  if (lower(request.header("transfer-encoding")) == "chunked") return read_chunked(request.body);
  return take(std::strtoul(request.header("content-length").c_str(), nullptr, 10), request.body);
}

bool ScriptedServer::State::Connection::read_chunked(std::string& body) {
  while (true) {
    const auto line = take_line();
    if (!line) return false;
    const std::size_t size = std::strtoul(line->c_str(), nullptr, 16);
    if (!take(size, body) || !take_line()) return false;
    if (size == 0) return true;
  }
}

bool ScriptedServer::State::Connection::play(const HttpScript& script) {
  for (const HttpScript::Step& step : script.steps()) {
    using Kind = HttpScript::Step::Kind;
    if (play(step)) continue;
    if (step.kind != Kind::close && step.kind != Kind::reset && !state.stopping_) ++state.lost_;
    return false;
  }
  return true;
}

// False: the connection is over.
bool ScriptedServer::State::Connection::play(const HttpScript::Step& step) {
  using Kind = HttpScript::Step::Kind;
  switch (step.kind) {
    case Kind::wait:
      return pause(step.time);
    case Kind::hold:
      return hold();
    case Kind::send:
      return send(step.bytes);
    case Kind::drip:
      return drip(step);
    case Kind::flood:
      return flood(step);
    case Kind::reset:
      reset_on_close(fd.get());
      return false;
    case Kind::close:
      return false;
  }
  return false;
}

// Also says whether the peer is still there.
bool ScriptedServer::State::Connection::pause(milliseconds time) const {
  return wait(0, SteadyTime::now() + time) == Seen::time_up;
}

bool ScriptedServer::State::Connection::hold() const {
  while (!state.released_) {
    if (!pause(milliseconds(1))) return false;
  }
  return true;
}

bool ScriptedServer::State::Connection::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (sent == 0 || errno != EAGAIN || wait(POLLOUT, std::nullopt) != Seen::data) {
      return false;
    }
  }
  return true;
}

bool ScriptedServer::State::Connection::drip(const HttpScript::Step& step) const {
  return std::all_of(step.bytes.begin(), step.bytes.end(), [&](const char& byte) {
    return pause(step.time) && send({&byte, 1});
  });
}

bool ScriptedServer::State::Connection::flood(const HttpScript::Step& step) const {
  const std::string block(65536, step.bytes.front());
  for (std::size_t left = step.size; left > 0;) {
    const std::size_t size = std::min(left, block.size());
    if (!send({block.data(), size})) return false;
    left -= size;
  }
  return true;
}

ScriptedServer::ScriptedServer(ServerOptions options) : state_(std::make_unique<State>(options)) {}
ScriptedServer::~ScriptedServer() = default;

std::uint16_t ScriptedServer::port() const { return state_->port_; }

std::string ScriptedServer::url(std::string_view path) const {
  return (state_->options_.ipv6 ? "http://[::1]:" : "http://127.0.0.1:") + std::to_string(port()) +
         std::string(path);
}

void ScriptedServer::on(std::string_view path, Handler handler) {
  const std::lock_guard lock(state_->mutex_);
  state_->handlers_[std::string(path)] = std::move(handler);
}

void ScriptedServer::on(std::string_view path, std::vector<HttpScript> scripts) {
  assert(!scripts.empty());
  on(path, [scripts = std::move(scripts), next = std::make_shared<std::atomic<std::size_t>>(0)](
               const Received&) { return scripts[std::min((*next)++, scripts.size() - 1)]; });
}

void ScriptedServer::on(std::string_view path, HttpScript script) {
  on(path, std::vector<HttpScript>{std::move(script)});
}

void ScriptedServer::release() { state_->released_ = true; }
void ScriptedServer::stop() { state_->stop(); }
void ScriptedServer::start() { state_->start(); }

int ScriptedServer::accepts() const {
  const std::lock_guard lock(state_->mutex_);
  return state_->accepts_;
}

int ScriptedServer::executions(std::string_view path) const {
  return static_cast<int>(received(path).size());
}
int ScriptedServer::lost() const { return state_->lost_; }
int ScriptedServer::open_connections() const { return state_->open_; }

std::vector<Received> ScriptedServer::received(std::string_view path) const {
  const std::lock_guard lock(state_->mutex_);
  std::vector<Received> matching;
  for (const Received& request : state_->received_) {
    if (path.empty() || without_query(request.path) == path) matching.push_back(request);
  }
  return matching;
}

bool ScriptedServer::eventually(const std::function<bool()>& holds) const {
  for (int tries = 0; tries < 10'000; ++tries) {
    if (holds()) return true;
    std::this_thread::sleep_for(milliseconds(1));
  }
  return false;
}

RefusingPort::RefusingPort() : socket_(bound(false, 0)), port_(port_of(socket_.get())) {}

SilentPort::SilentPort() : socket_(bound(false, 0)), port_(port_of(socket_.get())) {
  require(::listen(socket_.get(), 0) == 0, "listen");
  const Address address = loopback(false, port_);
  for (int i = 0; i < 4; ++i) {
    filling_.emplace_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    ::connect(filling_.back().get(), &address.any, sizeof address.v4);
  }
}

}  // namespace diktate::fakes
