// A client's end of the daemon's socket.
#pragma once

#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "rpc/line_buffer.h"
#include "rpc/message.h"
#include "rpc/socket.h"

namespace diktate {

// One thread uses it; every call waits for the daemon, but no longer than its limit.
class RpcClient {
 public:
  // Fails as connect_to().
  static Result<RpcClient> connect(const std::filesystem::path& socket);

  // The result, as JSON text. What the daemon refuses is an error with its reason: `invalid` where the call
  // itself is wrong. `params` is JSON text of an object. No limit: as long as the daemon lives.
  Result<std::string> call(std::string_view method, std::string_view params,
                           std::optional<Nanoseconds> limit);

  // The next event after method subscribe. `unavailable`: the daemon ended.
  Result<RpcMessage> next_event(std::optional<Nanoseconds> limit);

 private:
  explicit RpcClient(UniqueFd socket) : socket_(std::move(socket)) {}
  Result<void> send(std::string_view line);
  Result<RpcMessage> receive(std::optional<Instant> until);

  UniqueFd socket_;
  LineBuffer lines_{1 << 24};
  std::deque<RpcMessage> events_;  // that came while an answer was waited for
  int last_id_ = 0;
};

}  // namespace diktate
