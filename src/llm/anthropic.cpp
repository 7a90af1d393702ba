#include "llm/anthropic.h"

#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "llm/anthropic_reply.h"
#include "llm/endpoints.h"
#include "llm/exchange.h"

namespace diktate {
namespace {

using Body = nlohmann::ordered_json;

constexpr std::array<std::string_view, 2> kAnthropicOptional = {"temperature", "cache_control"};

class Anthropic final : public LanguageModel {
 public:
  explicit Anthropic(AnthropicOptions options)
      : options_(std::move(options)), service_{"anthropic",  options_.endpoint,     options_.model,
                                               options_.key, options_.key_variable, ""} {}

  LlmResult<bool> prepare(const Prompt& /*prefix*/, std::stop_token /*cancel*/) override {
    options_.http->warm(options_.endpoint + "/v1/models",
                        std::chrono::steady_clock::now() + options_.warm_for);
    return false;
  }

  LlmResult<LlmAnswer> complete(const LlmRequest& request, std::stop_token cancel) override {
    return complete_without_refused(refused_, kAnthropicOptional, [&] {
      AnthropicReply parser(service_);
      return converse(*options_.http, service_, post(request), StreamFormat::sse, parser, cancel);
    });
  }

  LlmResult<ServerStatus> status(std::optional<Instant> deadline, std::stop_token cancel) override {
    HttpRequest request{.url = options_.endpoint + "/v1/models"};
    request.headers.push_back({"anthropic-version", "2023-06-01"});
    if (!options_.key.empty()) request.headers.push_back({"x-api-key", options_.key});
    request.deadline = deadline;
    return list_models(*options_.http, service_, request, "data", "id", std::move(cancel));
  }

  std::string name() const override { return "anthropic"; }
  std::string key() const override { return "anthropic:" + options_.model; }

 private:
  Body body_for(const LlmRequest& request) const;
  HttpRequest post(const LlmRequest& request) const;

  const AnthropicOptions options_;
  const Service service_;
  Refused refused_;
};

Body Anthropic::body_for(const LlmRequest& request) const {
  Body system{{"type", "text"}, {"text", request.prompt.system}};
  if (!refused_.has("cache_control")) system["cache_control"] = {{"type", "ephemeral"}};
  Body messages = Body::array();
  for (const ChatTurn& turn : request.prompt.turns) {
    const auto* role = turn.role == ChatTurn::Role::user ? "user" : "assistant";
    messages.push_back({{"role", role}, {"content", turn.text}});
  }
  Body body{{"model", options_.model}, {"max_tokens", request.most_tokens}, {"stream", true}};
  body["system"] = Body::array({std::move(system)});
  body["messages"] = std::move(messages);
  if (request.exact && !refused_.has("temperature")) body["temperature"] = 0;
  return body;
}

HttpRequest Anthropic::post(const LlmRequest& request) const {
  HttpRequest post = json_post(options_.endpoint + "/v1/messages", json_text(body_for(request)));
  post.headers.push_back({"anthropic-version", "2023-06-01"});
  if (!options_.key.empty()) post.headers.push_back({"x-api-key", options_.key});
  post.deadline = request.deadline;
  return post;
}

}  // namespace

Result<std::unique_ptr<LanguageModel>> make_anthropic(AnthropicOptions options) {
  auto endpoint = checked_endpoint(options.name, options.endpoint, "/v1");
  if (!endpoint) return tl::unexpected(endpoint.error());
  if (auto model = check_model(options.name, options.model); !model) return tl::unexpected(model.error());
  options.endpoint = std::move(*endpoint);
  return std::make_unique<Anthropic>(std::move(options));
}

}  // namespace diktate
