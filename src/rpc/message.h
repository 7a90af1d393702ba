// The messages between the daemon and its clients: JSON-RPC 2.0, one a line. Parameters, results and the data
// of events travel through here as JSON text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace diktate {

struct RpcRequest {
  std::string id;  // JSON text: a whole number or a string; empty: nobody waits for an answer
  std::string method;
  std::string params = "{}";  // JSON text of an object
};

// Codes of JSON-RPC itself, and ours from -32000 on.
enum class RpcCode {
  not_json = -32700,
  not_a_request = -32600,
  no_such_method = -32601,
  wrong_params = -32602,
  failed = -32000,    // what was asked for could not be done
  too_much = -32001,  // too many requests, or too long a one: the connection ends
};

struct RpcFault {
  RpcCode code = RpcCode::failed;
  std::string message;  // one line for a person
  std::string id = "null";
};

// What a client reads: the answer to a request, or an event.
struct RpcMessage {
  std::string id;                 // of the request it answers; empty: an event
  std::string result;             // JSON text
  std::optional<RpcFault> fault;  // instead of a result
  std::string event;              // its name
  std::uint64_t number = 0;       // counts the events of a daemon, from 1
  std::string data;               // JSON text
};

// Take any bytes. A message may nest kDeepest levels and its id be kLongestId bytes long.
inline constexpr int kDeepest = 16;
inline constexpr std::size_t kLongestId = 100;
tl::expected<RpcRequest, RpcFault> parse_request(std::string_view line);
Result<RpcMessage> read_message(std::string_view line);

// Each with its line end. `id`, `params`, `result` and `data` are JSON text.
std::string request_line(const RpcRequest& request);
std::string result_line(std::string_view id, std::string_view result);
std::string fault_line(const RpcFault& fault);
std::string event_line(std::uint64_t number, std::string_view event, std::string_view data);

}  // namespace diktate
