// One client of the daemon: its bytes in and out, and how much of both there may be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "rpc/line_buffer.h"

namespace diktate {

struct RpcLimits {
  std::size_t longest_message = 1 << 20;  // bytes
  int requests_per_second = 500;
  std::size_t most_unsent = 1 << 20;  // bytes that it may leave unread
};

// One thread uses it, and nothing here waits.
class RpcConnection {
 public:
  // The socket does not block.
  RpcConnection(UniqueFd socket, const RpcLimits& limits, Instant now)
      : socket_(std::move(socket)),
        limits_(limits),
        lines_(limits.longest_message),
        active_(now),
        allowance_(limits.requests_per_second) {}

  int descriptor() const { return socket_.get(); }

  // Takes some of what is there to read.
  void read();
  std::optional<std::string> next_line() { return lines_.next(); }
  bool line_too_long() const { return lines_.too_long(); }

  // Whether it may ask for something now; if so, it did.
  bool ask(Instant now);
  void wait_for_answer() { ++unanswered_; }
  void answered() { --unanswered_; }

  // To events of these names; none: to all.
  void subscribe(std::vector<std::string> events);
  bool wants(std::string_view event) const;

  void send(std::string_view line);
  void flush();  // as much as the other end has room for

  // It waits for an answer, or for events.
  bool is_waiting() const { return subscribed_ || unanswered_ > 0; }
  Instant active() const { return active_; }  // when it last asked for something

  void close() { gone_ = true; }
  bool open() const { return !gone_; }
  // There is nothing more to do for it.
  bool over() const { return gone_ || (ended_ && unsent_.empty() && !is_waiting()); }

  bool wants_to_read() const { return !ended_; }
  bool wants_to_write() const { return !unsent_.empty(); }

 private:
  UniqueFd socket_;
  RpcLimits limits_;
  LineBuffer lines_;
  std::string unsent_;
  Instant active_;
  double allowance_;  // requests it may make now
  int unanswered_ = 0;
  bool subscribed_ = false;
  std::vector<std::string> wanted_;
  bool ended_ = false;  // it says no more, but may wait for answers
  bool gone_ = false;
};

}  // namespace diktate
