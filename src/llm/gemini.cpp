#include "llm/gemini.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "llm/endpoints.h"
#include "llm/exchange.h"
#include "llm/gemini_reply.h"

namespace diktate {
namespace {

using Body = nlohmann::ordered_json;

// Some models must think: they say so in words of their own.
constexpr std::array<std::string_view, 5> kGeminiOptional = {"thinkingConfig", "thinking_config",
                                                             "thinkingBudget", "thinking", "temperature"};

class Gemini final : public LanguageModel {
 public:
  explicit Gemini(GeminiOptions options)
      : options_(std::move(options)), service_{"gemini",     options_.endpoint,     options_.model,
                                               options_.key, options_.key_variable, ""} {}

  LlmResult<bool> prepare(const Prompt& /*prefix*/, std::stop_token /*cancel*/) override {
    options_.http->warm(options_.endpoint + "/v1beta/models",
                        std::chrono::steady_clock::now() + options_.warm_for);
    return false;
  }

  LlmResult<LlmAnswer> complete(const LlmRequest& request, std::stop_token cancel) override {
    return complete_without_refused(refused_, kGeminiOptional, [&] {
      GeminiReply parser(service_);
      return converse(*options_.http, service_, post(request), StreamFormat::sse, parser, cancel);
    });
  }

  LlmResult<ServerStatus> status(std::optional<Instant> deadline, std::stop_token cancel) override {
    HttpRequest request{.url = options_.endpoint + "/v1beta/models"};
    if (!options_.key.empty()) request.headers.push_back({"x-goog-api-key", options_.key});
    request.deadline = deadline;
    return list_models(*options_.http, service_, request, "models", "name", std::move(cancel));
  }

  std::string name() const override { return "gemini"; }
  std::string key() const override { return "gemini:" + options_.model; }

 private:
  Body body_for(const LlmRequest& request) const;
  HttpRequest post(const LlmRequest& request) const;

  const GeminiOptions options_;
  const Service service_;
  Refused refused_;
};

Body Gemini::body_for(const LlmRequest& request) const {
  const bool may_not_think = std::none_of(kGeminiOptional.begin(), kGeminiOptional.end() - 1,
                                          [&](auto name) { return refused_.has(name); });
  Body contents = Body::array();
  for (const ChatTurn& turn : request.prompt.turns) {
    const auto* role = turn.role == ChatTurn::Role::user ? "user" : "model";
    contents.push_back({{"role", role}, {"parts", Body::array({{{"text", turn.text}}})}});
  }
  Body body{{"systemInstruction", {{"parts", Body::array({{{"text", request.prompt.system}}})}}}};
  body["contents"] = std::move(contents);
  Body& config = body["generationConfig"];
  config["maxOutputTokens"] = request.most_tokens + (may_not_think ? 0 : 1024);
  if (may_not_think) config["thinkingConfig"] = {{"thinkingBudget", 0}};
  if (request.exact && !refused_.has("temperature")) config["temperature"] = 0;
  return body;
}

HttpRequest Gemini::post(const LlmRequest& request) const {
  HttpRequest post =
      json_post(options_.endpoint + "/v1beta/models/" + options_.model + ":streamGenerateContent?alt=sse",
                json_text(body_for(request)));
  if (!options_.key.empty()) post.headers.push_back({"x-goog-api-key", options_.key});
  post.deadline = request.deadline;
  return post;
}

// It becomes a part of a path.
bool is_model_name(const std::string& model) {
  return !model.empty() && std::all_of(model.begin(), model.end(), [](unsigned char letter) {
    return std::isalnum(letter) != 0 || letter == '-' || letter == '.' || letter == '_';
  });
}

}  // namespace

Result<std::unique_ptr<LanguageModel>> make_gemini(GeminiOptions options) {
  auto endpoint = checked_endpoint(options.name, options.endpoint, "/v1beta");
  if (!endpoint) return tl::unexpected(endpoint.error());
  if (options.model.starts_with("models/")) options.model.erase(0, 7);
  if (auto model = check_model(options.name, options.model); !model) return tl::unexpected(model.error());
  if (!is_model_name(options.model)) {
    return fail(ErrorKind::invalid, "the processor " + options.name +
                                        " has a model with a strange name; it has " +
                                        "letters, digits, '-', '.' and '_' only");
  }
  options.endpoint = std::move(*endpoint);
  return std::make_unique<Gemini>(std::move(options));
}

}  // namespace diktate
