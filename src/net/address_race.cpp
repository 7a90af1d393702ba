#include "net/address_race.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <netinet/in.h>
#include <sys/socket.h>

namespace diktate {
namespace {

// Once this machine has refused at one loopback address, the others have this long: what is behind them is no
// network.
constexpr Nanoseconds kLoopbackPatience = std::chrono::milliseconds(250);
constexpr Nanoseconds kObserveLimit = std::chrono::seconds(5);

// The families in turn, the first one's first.
Addresses interleaved(Addresses addresses) {
  const int first = addresses.front().family();
  Addresses ordered;
  auto middle = std::stable_partition(addresses.begin(), addresses.end(),
                                      [&](const Address& a) { return a.family() == first; });
  auto one = addresses.begin();
  auto other = middle;
  while (one != middle || other != addresses.end()) {
    if (one != middle) ordered.push_back(*one++);
    if (other != addresses.end()) ordered.push_back(*other++);
  }
  return ordered;
}

bool put_first(Addresses& addresses, const std::string& favourite) {
  const auto found = std::find_if(addresses.begin(), addresses.end(),
                                  [&](const Address& a) { return a.text() == favourite; });
  if (found == addresses.end()) return false;
  std::rotate(addresses.begin(), found, found + 1);
  return true;
}

// Connects on loopback take less than a turn of the loop.
Instant clock_now() { return std::chrono::steady_clock::now(); }

int socket_error(int fd) {
  int error = 0;
  socklen_t size = sizeof error;
  return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

// To nowhere from this machine, such as ::1 where IPv6 is switched off.
bool has_no_way(int error) { return error == ENETUNREACH || error == EADDRNOTAVAIL || error == EAFNOSUPPORT; }

}  // namespace

AddressRace::AddressRace(Endpoint host, Addresses addresses, const std::string& favourite, Instant now,
                         Nanoseconds limit, ConnectObserver* observer)
    : host_(std::move(host)), began_(now), end_(now + limit), observer_(observer) {
  addresses = interleaved(std::move(addresses));
  const bool favoured = put_first(addresses, favourite);
  Instant due = now;
  for (const Address& address : addresses) {
    if (attempts_.size() == 1 && favoured) {
      due += kHeadStart;
    } else if (!attempts_.empty() && !address.is_loopback()) {
      due += kStagger;
    }
    attempts_.push_back({.address = address, .due = due});
  }
}

void AddressRace::advance(Instant now) {
  if (observer_ != nullptr && won_) hurry(now);
  for (Attempt& attempt : attempts_) {
    if (attempt.started == Instant{} && attempt.due <= now) start(attempt, now);
  }
  check_sockets(now);
  if (now >= end_) give_up(now);
  if (!won_ && !result_ && done()) result_ = tl::unexpected(failure());
  if (observer_ != nullptr && done()) std::exchange(observer_, nullptr)->all_tried();
}

void AddressRace::start(Attempt& attempt, Instant now) {
  attempt.started = clock_now();
  attempt.socket =
      UniqueFd(::socket(attempt.address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
  if (!attempt.socket) return finish(attempt, errno, now);
  const int connected = ::connect(attempt.socket.get(), attempt.address.get(), attempt.address.size());
  if (connected != 0 && errno != EINPROGRESS) finish(attempt, errno, now);
}

void AddressRace::check_sockets(Instant now) {
  std::vector<pollfd> fds;
  add_fds(fds);
  if (fds.empty() || ::poll(fds.data(), fds.size(), 0) <= 0) return;
  for (const pollfd& fd : fds) {
    if (fd.revents == 0) continue;
    const auto same = [&](const Attempt& attempt) { return attempt.socket.get() == fd.fd; };
    const auto attempt = std::find_if(attempts_.begin(), attempts_.end(), same);
    if (attempt != attempts_.end()) finish(*attempt, socket_error(fd.fd), now);
  }
}

void AddressRace::finish(Attempt& attempt, int error, Instant now) {
  attempt.finished = true;
  attempt.error = error;
  const Nanoseconds took = clock_now() - attempt.started;
  if (observer_ != nullptr)
    observer_->tried({attempt.address.text(), took, error == 0 ? "" : std::strerror(error)});
  if (error != 0) {
    attempt.socket = {};
    const bool watched = observer_ != nullptr;
    if (attempt.address.is_loopback() && !watched) end_ = std::min(end_, now + kLoopbackPatience);
    return hurry(now);
  }
  UniqueFd socket = std::move(attempt.socket);
  if (won_) return;
  won_ = true;
  result_ = Connection{std::move(socket), attempt.address, {}, clock_now() - began_};
  if (observer_ == nullptr) return drop_losers();
  end_ = std::min(end_, began_ + kObserveLimit);
}

// The next address need not wait for its turn.
void AddressRace::hurry(Instant now) {
  for (Attempt& attempt : attempts_) {
    if (attempt.started != Instant{}) continue;
    attempt.due = now;
    if (!won_) break;
  }
}

void AddressRace::give_up(Instant now) {
  timed_out_ = true;
  for (Attempt& attempt : attempts_) {
    if (attempt.finished) continue;
    attempt.finished = true;
    attempt.error = ETIMEDOUT;
    attempt.socket = {};
    if (attempt.started == Instant{}) attempt.started = now;
    if (observer_ != nullptr) {
      observer_->tried({attempt.address.text(), now - attempt.started, "no answer"});
    }
  }
}

void AddressRace::drop_losers() {
  for (Attempt& attempt : attempts_) {
    attempt.finished = true;
    attempt.socket = {};
    if (attempt.started == Instant{}) attempt.started = began_;
  }
}

std::optional<Result<Connection>> AddressRace::take() { return std::exchange(result_, std::nullopt); }

bool AddressRace::done() const {
  return std::all_of(attempts_.begin(), attempts_.end(), [](const Attempt& a) { return a.finished; });
}

Instant AddressRace::next_event() const {
  if (done()) return Instant::max();
  Instant next = end_;
  for (const Attempt& attempt : attempts_) {
    if (attempt.started == Instant{}) next = std::min(next, attempt.due);
  }
  return next;
}

void AddressRace::add_fds(std::vector<pollfd>& fds) const {
  for (const Attempt& attempt : attempts_) {
    if (attempt.socket && !attempt.finished) fds.push_back({attempt.socket.get(), POLLOUT, 0});
  }
}

Error AddressRace::failure() const {
  std::string each;
  std::string refusing;
  bool unanswered = false;  // some address, which this machine can reach
  for (const Attempt& attempt : attempts_) {
    const std::string address = attempt.address.text();
    each += (each.empty() ? "" : "; ") + address + ": " + std::strerror(attempt.error);
    if (attempt.error == ECONNREFUSED) refusing += (refusing.empty() ? "" : "; ") + address;
    unanswered = unanswered || (attempt.error != ECONNREFUSED && !has_no_way(attempt.error));
  }
  if (!refusing.empty() && !unanswered)
    return {ErrorKind::refused, "nothing listens at " + host_.text() + " (refused by " + refusing + ")"};
  if (timed_out_ && refusing.empty())
    return {ErrorKind::timeout, host_.text() + " cannot be connected to in time (" + each + ")"};
  return {ErrorKind::unavailable, host_.text() + " cannot be connected to (" + each + ")"};
}

}  // namespace diktate
