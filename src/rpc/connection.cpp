#include "rpc/connection.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <sys/socket.h>

namespace diktate {
namespace {

constexpr std::size_t kChunk = 1 << 16;  // read of one client before the next has its turn

}  // namespace

void RpcConnection::read() {
  std::array<char, kChunk> bytes;  // NOLINT(cppcoreguidelines-pro-type-member-init): read into
  const ssize_t count = ::recv(socket_.get(), bytes.data(), bytes.size(), 0);
  if (count > 0) {
    lines_.push({bytes.data(), static_cast<std::size_t>(count)});
  } else if (count == 0) {
    ended_ = true;
  } else if (errno != EAGAIN && errno != EINTR) {
    gone_ = true;
  }
}

// A bucket that holds the requests of one second, and fills as fast.
bool RpcConnection::ask(Instant now) {
  const double rate = limits_.requests_per_second;
  const double seconds = std::chrono::duration<double>(now - active_).count();
  active_ = now;
  allowance_ = std::min(rate, allowance_ + seconds * rate) - 1;
  return allowance_ >= 0;
}

void RpcConnection::subscribe(std::vector<std::string> events) {
  subscribed_ = true;
  wanted_ = std::move(events);
}

bool RpcConnection::wants(std::string_view event) const {
  return subscribed_ &&
         (wanted_.empty() || std::find(wanted_.begin(), wanted_.end(), event) != wanted_.end());
}

void RpcConnection::send(std::string_view line) {
  if (gone_) return;
  unsent_ += line;
  flush();
  if (unsent_.size() > limits_.most_unsent) gone_ = true;
}

void RpcConnection::flush() {
  while (!unsent_.empty()) {
    const ssize_t sent = ::send(socket_.get(), unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno != EAGAIN) gone_ = true;
    if (sent < 0) return;
    unsent_.erase(0, static_cast<std::size_t>(sent));
  }
}

}  // namespace diktate
