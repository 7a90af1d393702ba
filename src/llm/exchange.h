// One conversation with a server: the request goes out, the answer is read as it comes, and what goes wrong
// is sorted.
#pragma once

#include <functional>
#include <mutex>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "llm/json.h"
#include "llm/language_model.h"
#include "net/http_client.h"

namespace diktate {

enum class StreamFormat : unsigned char { ndjson, sse };

// Streams the answer of `request` into `parser`, and checks that it can be used. An answer in one piece,
// where a stream was asked for, is one too. Waits.
LlmResult<LlmAnswer> converse(HttpClient& http, const Service& service, const HttpRequest& request,
                              StreamFormat format, ReplyParser& parser, std::stop_token cancel);

// The JSON that answers `request`. Waits.
LlmResult<Json> ask_json(HttpClient& http, const Service& service, const HttpRequest& request,
                         std::stop_token cancel, HttpTimings* timings = nullptr);

// The names in the list of models that answers `request`: {"data": [{"id": NAME}]} for `list` "data", `name`
// "id".
LlmResult<ServerStatus> list_models(HttpClient& http, const Service& service, const HttpRequest& request,
                                    const char* list, const char* name, std::stop_token cancel);

HttpRequest json_post(std::string url, std::string body);

// Which parameters a server turned out not to take: not every model of every service knows all of them.
// Thread-safe.
class Refused {
 public:
  bool has(std::string_view parameter) const;

  // Remembers the one of `optional` that `error` names; true if that is news, so that another try helps.
  bool learn(const LlmError& error, std::span<const std::string_view> optional);

 private:
  mutable std::mutex mutex_;
  std::set<std::string, std::less<>> names_;
};

// Tries again as long as there is a parameter to leave out.
LlmResult<LlmAnswer> complete_without_refused(Refused& refused, std::span<const std::string_view> optional,
                                              const std::function<LlmResult<LlmAnswer>()>& attempt);

}  // namespace diktate
