#include "rpc/client.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <utility>

#include <poll.h>
#include <sys/socket.h>

namespace diktate {
namespace {

std::optional<Instant> end_of(std::optional<Nanoseconds> limit) {
  if (!limit) return {};
  return SteadyClock().now() + *limit;
}

int poll_timeout(std::optional<Instant> until) {
  if (!until) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - SteadyClock().now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000'000));
}

tl::unexpected<Error> ended() {
  return fail(ErrorKind::unavailable,
              "the daemon ended the connection; 'diktate status' tells whether it runs");
}

Error error_of(const RpcFault& fault) {
  const bool wrong = fault.code == RpcCode::wrong_params || fault.code == RpcCode::no_such_method;
  return {wrong ? ErrorKind::invalid : ErrorKind::failed, fault.message};
}

}  // namespace

Result<RpcClient> RpcClient::connect(const std::filesystem::path& socket) {
  auto connected = connect_to(socket);
  if (!connected) return tl::unexpected(connected.error());
  return RpcClient(std::move(*connected));
}

Result<std::string> RpcClient::call(std::string_view method, std::string_view params,
                                    std::optional<Nanoseconds> limit) {
  const auto until = end_of(limit);
  const std::string id = std::to_string(++last_id_);
  if (auto sent = send(request_line({id, std::string(method), std::string(params)})); !sent)
    return tl::unexpected(sent.error());
  for (;;) {
    auto message = receive(until);
    if (!message) return tl::unexpected(message.error());
    // A fault without an id ends the connection.
    if (message->fault && (message->id == id || message->id == "null"))
      return tl::unexpected(error_of(*message->fault));
    if (message->id == id) return std::move(message->result);
    if (message->id.empty()) events_.push_back(std::move(*message));
  }
}

Result<RpcMessage> RpcClient::next_event(std::optional<Nanoseconds> limit) {
  const auto until = end_of(limit);
  while (events_.empty()) {
    auto message = receive(until);
    if (!message) return message;
    if (message->id.empty()) events_.push_back(std::move(*message));
  }
  RpcMessage event = std::move(events_.front());
  events_.pop_front();
  return event;
}

Result<void> RpcClient::send(std::string_view line) {
  while (!line.empty()) {
    const ssize_t sent = ::send(socket_.get(), line.data(), line.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return {};  // what the daemon said before it hung up is worth reading
    line.remove_prefix(static_cast<std::size_t>(sent));
  }
  return {};
}

Result<RpcMessage> RpcClient::receive(std::optional<Instant> until) {
  std::array<char, 1 << 14> bytes{};
  for (;;) {
    if (const auto line = lines_.next()) return read_message(*line);
    pollfd ready{socket_.get(), POLLIN, 0};
    const int count = ::poll(&ready, 1, poll_timeout(until));
    if (count < 0 && errno == EINTR) continue;
    if (count == 0) return fail(ErrorKind::timeout, "the daemon does not answer");
    const ssize_t size = ::recv(socket_.get(), bytes.data(), bytes.size(), 0);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return ended();
    lines_.push({bytes.data(), static_cast<std::size_t>(size)});
  }
}

}  // namespace diktate
