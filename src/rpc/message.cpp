#include "rpc/message.h"

#include <nlohmann/json.hpp>

#include "base/json_text.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

// What reads JSON keeps no stack, but what writes it does.
bool nests_too_deep(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted && c == '\\') {
      ++at;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == '{' || c == '[')) {
      if (++depth > kDeepest) return true;
    } else if (!quoted && (c == '}' || c == ']')) {
      --depth;
    }
  }
  return false;
}

// An object, or nothing.
std::optional<Json> parse_object(std::string_view line) {
  if (nests_too_deep(line)) return {};
  Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) return {};
  return json;
}

bool is_version_2(const Json& json) {
  const auto version = json.find("jsonrpc");
  return version != json.end() && version->is_string() && *version == "2.0";
}

bool is_id(const Json& id) { return id.is_number_integer() || id.is_string(); }

tl::unexpected<RpcFault> not_a_request(std::string message, std::string id = "null") {
  return tl::unexpected(RpcFault{RpcCode::not_a_request, std::move(message), std::move(id)});
}

RpcFault fault_of(const Json& error) {
  RpcFault fault;
  fault.message = "the daemon refused without a reason";
  if (!error.is_object()) return fault;
  if (const auto code = error.find("code"); code != error.end() && code->is_number_integer())
    fault.code = static_cast<RpcCode>(code->get<int>());
  if (const auto message = error.find("message"); message != error.end() && message->is_string())
    fault.message = message->get<std::string>();
  return fault;
}

Result<RpcMessage> event_of(const Json& json) {
  const auto params = json.find("params");
  if (params == json.end() || !params->is_object() || !params->contains("event") ||
      !params->contains("data") || !params->contains("number") || !(*params)["event"].is_string() ||
      !(*params)["number"].is_number_unsigned())
    return fail(ErrorKind::invalid, "the daemon sent an event that is none");
  RpcMessage message;
  message.event = (*params)["event"].get<std::string>();
  message.number = (*params)["number"].get<std::uint64_t>();
  message.data = json_text((*params)["data"]);
  return message;
}

}  // namespace

tl::expected<RpcRequest, RpcFault> parse_request(std::string_view line) {
  if (nests_too_deep(line)) return not_a_request("the request nests too deep");
  const Json json = Json::parse(line, nullptr, false);
  if (json.is_discarded()) return tl::unexpected(RpcFault{RpcCode::not_json, "this is not JSON"});
  if (!json.is_object()) return not_a_request("a request is one object in one line");
  RpcRequest request;
  if (const auto id = json.find("id"); id != json.end()) {
    if (!is_id(*id)) return not_a_request("an id is a whole number or a text");
    request.id = json_text(*id);
    if (request.id.size() > kLongestId) return not_a_request("the id is too long");
  }
  const std::string id = request.id.empty() ? "null" : request.id;
  if (!is_version_2(json)) return not_a_request("\"jsonrpc\" is not \"2.0\"", id);
  const auto method = json.find("method");
  if (method == json.end() || !method->is_string()) return not_a_request("there is no method", id);
  request.method = method->get<std::string>();
  if (const auto params = json.find("params"); params != json.end()) {
    if (!params->is_object())
      return tl::unexpected(RpcFault{RpcCode::wrong_params, "params are not an object", id});
    request.params = json_text(*params);
  }
  return request;
}

Result<RpcMessage> read_message(std::string_view line) {
  const auto json = parse_object(line);
  if (!json || !is_version_2(*json)) return fail(ErrorKind::invalid, "the daemon's answer is not JSON-RPC");
  if (json->contains("method")) return event_of(*json);
  RpcMessage message;
  const auto id = json->find("id");
  message.id = id == json->end() ? "null" : json_text(*id);
  if (const auto error = json->find("error"); error != json->end()) {
    message.fault = fault_of(*error);
    message.fault->id = message.id;
  } else if (const auto result = json->find("result"); result != json->end()) {
    message.result = json_text(*result);
  } else {
    return fail(ErrorKind::invalid, "the daemon's answer has no result");
  }
  return message;
}

std::string request_line(const RpcRequest& request) {
  std::string line = R"({"jsonrpc":"2.0",)";
  if (!request.id.empty()) line += "\"id\":" + request.id + ",";
  return line + "\"method\":" + json_text(Json(request.method)) + ",\"params\":" + request.params + "}\n";
}

std::string result_line(std::string_view id, std::string_view result) {
  return R"({"jsonrpc":"2.0","id":)" + std::string(id) + ",\"result\":" + std::string(result) + "}\n";
}

std::string fault_line(const RpcFault& fault) {
  const Json error = {{"code", static_cast<int>(fault.code)}, {"message", fault.message}};
  return R"({"jsonrpc":"2.0","id":)" + fault.id + ",\"error\":" + json_text(error) + "}\n";
}

std::string event_line(std::uint64_t number, std::string_view event, std::string_view data) {
  return R"({"jsonrpc":"2.0","method":"event","params":{"number":)" + std::to_string(number) +
         ",\"event\":" + json_text(Json(event)) + ",\"data\":" + std::string(data) + "}}\n";
}

}  // namespace diktate
