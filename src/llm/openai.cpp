#include "llm/openai.h"

#include <array>
#include <mutex>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "llm/endpoints.h"
#include "llm/exchange.h"
#include "llm/families.h"
#include "llm/openai_reply.h"

namespace diktate {
namespace {

using Body = nlohmann::ordered_json;

// What some server or model does not take. Without max_tokens, max_completion_tokens is sent.
constexpr std::array<std::string_view, 7> kOpenAiOptional = {
    "stream_options", "chat_template_kwargs", "reasoning_effort",     "temperature",
    "cache_prompt",   "max_tokens",           "max_completion_tokens"};

Body messages_of(const Prompt& prompt, bool has_system_role) {
  Body messages = Body::array();
  std::string first = has_system_role ? "" : prompt.system + "\n\n";
  if (has_system_role) messages.push_back({{"role", "system"}, {"content", prompt.system}});
  for (const ChatTurn& turn : prompt.turns) {
    const auto* role = turn.role == ChatTurn::Role::user ? "user" : "assistant";
    messages.push_back({{"role", role}, {"content", std::exchange(first, {}) + turn.text}});
  }
  return messages;
}

class OpenAi final : public LanguageModel {
 public:
  explicit OpenAi(OpenAiOptions options)
      : options_(std::move(options)),
        local_(is_local(options_.endpoint)),
        service_{"openai", options_.endpoint, options_.model, options_.key, options_.key_variable, ""} {}

  LlmResult<bool> prepare(const Prompt& prefix, std::stop_token cancel) override;
  LlmResult<LlmAnswer> complete(const LlmRequest& request, std::stop_token cancel) override;
  LlmResult<ServerStatus> status(std::optional<Instant> deadline, std::stop_token cancel) override {
    HttpRequest request{.url = options_.endpoint + "/v1/models"};
    if (!options_.key.empty()) request.headers.push_back({"Authorization", "Bearer " + options_.key});
    request.deadline = deadline;
    return list_models(*options_.http, service_, request, "data", "id", std::move(cancel));
  }

  std::string name() const override { return "openai"; }
  std::string key() const override {
    return local_ ? "local:" + options_.endpoint : "openai:" + options_.model;
  }

 private:
  Body body_for(const LlmRequest& request) const;
  HttpRequest post(const Body& body, std::optional<Instant> deadline) const;

  const OpenAiOptions options_;
  const bool local_;
  const Service service_;
  Refused refused_;
  std::mutex mutex_;
  std::string primed_;
};

Body OpenAi::body_for(const LlmRequest& request) const {
  const ModelFamily& family = family_of(options_.model);
  Body body{{"messages", messages_of(request.prompt, !family.has_no_system_role)}, {"stream", true}};
  const auto add = [&](const char* name, Body value) {
    if (!refused_.has(name)) body[name] = std::move(value);
  };
  if (!options_.model.empty()) body["model"] = options_.model;
  add("stream_options", {{"include_usage", true}});
  if (family.template_thinks) add("chat_template_kwargs", {{"enable_thinking", false}});
  if (family.thinks_always) add("reasoning_effort", "low");
  if (request.exact && !family.takes_no_temperature) add("temperature", 0);
  if (local_) add("cache_prompt", true);
  const int most = request.most_tokens + (family.thinks_always ? 1024 : 0);
  const bool newer = family.takes_no_temperature || refused_.has("max_tokens");
  add(newer ? "max_completion_tokens" : "max_tokens", most);
  return body;
}

HttpRequest OpenAi::post(const Body& body, std::optional<Instant> deadline) const {
  HttpRequest request = json_post(options_.endpoint + "/v1/chat/completions", json_text(body));
  if (!options_.key.empty()) request.headers.push_back({"Authorization", "Bearer " + options_.key});
  request.deadline = deadline;
  return request;
}

LlmResult<bool> OpenAi::prepare(const Prompt& prefix, std::stop_token cancel) {
  options_.http->warm(options_.endpoint + "/v1/models", std::chrono::steady_clock::now() + options_.warm_for);
  if (!local_) return false;
  {
    const std::lock_guard lock(mutex_);
    if (primed_ == prefix.system) return false;
  }
  auto answer = complete({.prompt = prefix, .most_tokens = 1}, std::move(cancel));
  // An answer of one token is cut, which is what was asked for.
  if (!answer && answer.error().failure != LlmFailure::rejected) return tl::unexpected(answer.error());
  const std::lock_guard lock(mutex_);
  primed_ = prefix.system;
  return true;
}

LlmResult<LlmAnswer> OpenAi::complete(const LlmRequest& request, std::stop_token cancel) {
  return complete_without_refused(refused_, kOpenAiOptional, [&] {
    OpenAiReply parser(service_);
    return converse(*options_.http, service_, post(body_for(request), request.deadline), StreamFormat::sse,
                    parser, cancel);
  });
}

}  // namespace

Result<std::unique_ptr<LanguageModel>> make_openai(OpenAiOptions options) {
  auto endpoint = checked_endpoint(options.name, options.endpoint, "/v1");
  if (!endpoint) return tl::unexpected(endpoint.error());
  options.endpoint = std::move(*endpoint);
  return std::make_unique<OpenAi>(std::move(options));
}

}  // namespace diktate
