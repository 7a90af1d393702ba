#include "llm/ollama.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "llm/endpoints.h"
#include "llm/exchange.h"
#include "llm/families.h"
#include "llm/ollama_api.h"
#include "llm/ollama_reply.h"

namespace diktate {
namespace {

using Body = nlohmann::ordered_json;

constexpr std::array<std::string_view, 3> kOllamaOptional = {"think", "thinking", "truncate"};
// What a server gives a model when nobody asks for more (OLLAMA_CONTEXT_LENGTH's default).
constexpr std::int64_t kUsualContext = 4096;

// More than the prompt has: a token is seldom less than two bytes.
std::int64_t most_prompt_tokens(const Prompt& prompt) {
  std::size_t bytes = prompt.system.size();
  for (const ChatTurn& turn : prompt.turns) bytes += turn.text.size();
  return static_cast<std::int64_t>(bytes / 2) + 64;
}

std::int64_t power_of_two_over(std::int64_t least) {
  std::int64_t power = 1024;
  while (power < least) power *= 2;
  return power;
}

Body messages_of(const Prompt& prompt) {
  Body messages = Body::array();
  messages.push_back({{"role", "system"}, {"content", prompt.system}});
  for (const ChatTurn& turn : prompt.turns) {
    const auto* role = turn.role == ChatTurn::Role::user ? "user" : "assistant";
    messages.push_back({{"role", role}, {"content", turn.text}});
  }
  return messages;
}

// What was learned about the server, and what the next request says because of it.
struct Known {
  std::optional<OllamaFacts> facts;
  bool loaded = false;
  std::optional<std::int64_t> context;  // of the loaded model
  std::optional<std::int64_t> num_ctx;  // sent with every request
  std::optional<std::int64_t> own;      // context of the model as we loaded it, without asking for one
  std::int64_t keep_alive_s = 0;
  std::string primed;  // system prompt that the server has evaluated
};

class Ollama final : public LanguageModel {
 public:
  explicit Ollama(OllamaOptions options)
      : options_(std::move(options)), service_{"ollama", options_.endpoint, options_.model, "",
                                               "",       "ollama serve"} {
    known_.keep_alive_s = options_.keep_alive_s;
  }

  LlmResult<bool> prepare(const Prompt& prefix, std::stop_token cancel) override;
  LlmResult<LlmAnswer> complete(const LlmRequest& request, std::stop_token cancel) override;
  LlmResult<ServerStatus> status(std::optional<Instant> deadline, std::stop_token cancel) override;
  std::string name() const override { return "ollama"; }
  std::string key() const override {
    return is_local(options_.endpoint) ? "local:" + options_.endpoint : "ollama:" + options_.endpoint;
  }

 private:
  Known known() const {
    const std::lock_guard lock(mutex_);
    return known_;
  }

  Service service_for(const std::string& model) const {
    Service service = service_;
    service.model = model;
    return service;
  }

  LlmResult<OllamaFacts> find_out(std::optional<Instant> deadline, std::stop_token cancel);
  LlmResult<std::string> choose(std::optional<Instant> deadline, std::stop_token cancel);
  LlmResult<std::vector<OllamaModel>> models(std::string_view path, std::optional<Instant> deadline,
                                             std::stop_token cancel);
  LlmResult<void> look_at_loaded(const OllamaFacts& facts, std::stop_token cancel);
  LlmResult<void> load(const OllamaFacts& facts, std::stop_token cancel);
  LlmResult<bool> prime(const OllamaFacts& facts, const Prompt& prefix, std::stop_token cancel);
  Body body_for(const OllamaFacts& facts) const;
  std::optional<std::int64_t> context_for(const OllamaFacts& facts, const LlmRequest& request) const;
  LlmResult<LlmAnswer> ask(const OllamaFacts& facts, const LlmRequest& request, std::stop_token cancel);

  const OllamaOptions options_;
  const Service service_;
  Refused refused_;
  mutable std::mutex mutex_;
  Known known_;
};

LlmResult<std::vector<OllamaModel>> Ollama::models(std::string_view path, std::optional<Instant> deadline,
                                                   std::stop_token cancel) {
  HttpRequest request{.url = options_.endpoint + std::string(path)};
  request.deadline = deadline;
  auto json = ask_json(*options_.http, service_, request, std::move(cancel));
  if (!json) return tl::unexpected(json.error());
  return models_in(*json);
}

bool runs_here(const OllamaModel& model) { return model.remote_host.empty() && model.completes; }

LlmResult<std::string> Ollama::choose(std::optional<Instant> deadline, std::stop_token cancel) {
  if (!options_.model.empty()) return options_.model;
  const auto loaded = models("/api/ps", deadline, cancel);
  if (!loaded) return tl::unexpected(loaded.error());
  const auto usable_one = std::find_if(loaded->begin(), loaded->end(), runs_here);
  if (usable_one != loaded->end()) return usable_one->name;
  const auto installed = models("/api/tags", deadline, cancel);
  if (!installed) return tl::unexpected(installed.error());
  std::string names;
  for (const OllamaModel& model : *installed) {
    if (runs_here(model)) names += (names.empty() ? "" : ", ") + model.name;
  }
  const std::string way_out = names.empty()
                                  ? "get one with 'ollama pull MODEL'"
                                  : "set one of " + names + ", or get another with 'ollama pull MODEL'";
  return llm_fail(LlmFailure::bad_request, "no model is set for ollama, and none is loaded; " + way_out);
}

LlmResult<OllamaFacts> Ollama::find_out(std::optional<Instant> deadline, std::stop_token cancel) {
  if (auto facts = known().facts) return *facts;
  const auto model = choose(deadline, cancel);
  if (!model) return tl::unexpected(model.error());
  HttpRequest request = json_post(options_.endpoint + "/api/show", json_text(Body{{"model", *model}}));
  request.deadline = deadline;
  const auto show = ask_json(*options_.http, service_for(*model), request, std::move(cancel));
  if (!show) return tl::unexpected(show.error());
  OllamaFacts facts = facts_in(*show, *model);
  if (!facts.remote_host.empty() && options_.model.empty()) {
    return llm_fail(LlmFailure::bad_request, "ollama's model '" + *model + "' runs elsewhere (" +
                                                 presentable(service_, facts.remote_host) +
                                                 "); name it in the settings if your words may go there");
  }
  const std::lock_guard lock(mutex_);
  known_.facts = facts;
  return facts;
}

LlmResult<ServerStatus> Ollama::status(std::optional<Instant> deadline, std::stop_token cancel) {
  ServerStatus status;
  HttpRequest version{.url = options_.endpoint + "/api/version"};
  version.deadline = deadline;
  const auto json = ask_json(*options_.http, service_, version, cancel, &status.http);
  if (!json) return tl::unexpected(json.error());
  status.version = presentable(service_, json->text("version"));
  const auto loaded = models("/api/ps", deadline, cancel);
  if (!loaded) return tl::unexpected(loaded.error());
  for (const OllamaModel& row : *loaded) {
    LoadedModel model{presentable(service_, row.name), row.context, row.size, row.size_vram};
    if (row.expires)
      model.keep_alive = std::chrono::duration_cast<Nanoseconds>(*row.expires - options_.wall_clock());
    status.loaded.push_back(std::move(model));
  }
  const auto installed = models("/api/tags", deadline, std::move(cancel));
  if (!installed) return tl::unexpected(installed.error());
  for (const OllamaModel& row : *installed) status.installed.push_back(presentable(service_, row.name));
  return status;
}

// Whether the model is there, how large its context is, and how long it would stay.
LlmResult<void> Ollama::look_at_loaded(const OllamaFacts& facts, std::stop_token cancel) {
  const auto rows = models("/api/ps", {}, std::move(cancel));
  if (!rows) return tl::unexpected(rows.error());
  const OllamaModel* row = find_model(*rows, facts.name);
  const std::lock_guard lock(mutex_);
  known_.loaded = row != nullptr;
  known_.keep_alive_s = keep_alive_seconds(options_.keep_alive_s, row, options_.wall_clock());
  known_.context = row != nullptr ? row->context : std::nullopt;
  if (row == nullptr) known_.primed.clear();
  // Somebody else's choice is ours too: to ask for another, or none, would load the model again.
  const bool is_own = row == nullptr || known_.context == known_.own;
  known_.num_ctx = is_own ? std::nullopt : known_.context;
  return {};
}

Body Ollama::body_for(const OllamaFacts& facts) const {
  const Known known = this->known();
  Body body{{"model", facts.name}, {"keep_alive", known.keep_alive_s}};
  if (!refused_.has("truncate")) body["truncate"] = false;
  if (facts.thinks && !refused_.has("think") && !refused_.has("thinking")) {
    body["think"] = family_of(facts.name).thinks_always ? Body("low") : Body(false);
  }
  body["options"] = Body::object();
  if (known.num_ctx) body["options"]["num_ctx"] = *known.num_ctx;
  return body;
}

LlmResult<void> Ollama::load(const OllamaFacts& facts, std::stop_token cancel) {
  Body body = body_for(facts);
  body["messages"] = Body::array();
  body["stream"] = false;
  HttpRequest request = json_post(options_.endpoint + "/api/chat", json_text(body));
  request.deadline = std::chrono::steady_clock::now() + options_.load_limit;
  const auto answer = ask_json(*options_.http, service_for(facts.name), request, cancel);
  if (!answer) return tl::unexpected(answer.error());
  if (auto looked = look_at_loaded(facts, std::move(cancel)); !looked) return looked;
  const std::lock_guard lock(mutex_);
  known_.own = known_.context;
  known_.num_ctx.reset();
  return {};
}

LlmResult<bool> Ollama::prime(const OllamaFacts& facts, const Prompt& prefix, std::stop_token cancel) {
  if (known().primed == prefix.system) return false;
  Body body = body_for(facts);
  body["messages"] = messages_of(prefix);
  body["stream"] = false;
  body["options"]["num_predict"] = 1;  // 0 would mean no limit
  HttpRequest request = json_post(options_.endpoint + "/api/chat", json_text(body));
  request.deadline = std::chrono::steady_clock::now() + options_.load_limit;
  const auto answer = ask_json(*options_.http, service_for(facts.name), request, std::move(cancel));
  if (!answer) return tl::unexpected(answer.error());
  const std::lock_guard lock(mutex_);
  known_.primed = prefix.system;
  return true;
}

LlmResult<bool> Ollama::prepare(const Prompt& prefix, std::stop_token cancel) {
  options_.http->warm(options_.endpoint + "/api/version",
                      std::chrono::steady_clock::now() + options_.warm_for);
  const auto facts = find_out({}, cancel);
  if (!facts) return tl::unexpected(facts.error());
  if (!facts->remote_host.empty()) return false;  // others decide there what is loaded
  if (auto looked = look_at_loaded(*facts, cancel); !looked) return tl::unexpected(looked.error());
  if (!known().loaded) {
    if (auto loaded = load(*facts, cancel); !loaded) return tl::unexpected(loaded.error());
  }
  return prime(*facts, prefix, std::move(cancel));
}

// What must be asked for so that the request fits: nothing, as long as it does.
std::optional<std::int64_t> Ollama::context_for(const OllamaFacts& facts, const LlmRequest& request) const {
  const Known known = this->known();
  const std::int64_t needed = most_prompt_tokens(request.prompt) + request.most_tokens;
  if (needed <= known.context.value_or(kUsualContext)) return known.num_ctx;
  const std::int64_t wanted = power_of_two_over(needed);
  return facts.most_context ? std::min(wanted, *facts.most_context) : wanted;
}

LlmResult<LlmAnswer> Ollama::ask(const OllamaFacts& facts, const LlmRequest& request,
                                 std::stop_token cancel) {
  Body body = body_for(facts);
  body["messages"] = messages_of(request.prompt);
  body["stream"] = true;
  // Reasoning that cannot be switched off takes tokens too.
  const int thoughts = facts.thinks && family_of(facts.name).thinks_always ? 1024 : 0;
  body["options"]["num_predict"] = request.most_tokens + thoughts;
  if (request.exact) body["options"]["temperature"] = 0;
  if (const auto context = context_for(facts, request)) body["options"]["num_ctx"] = *context;
  HttpRequest post = json_post(options_.endpoint + "/api/chat", json_text(body));
  post.deadline = request.deadline;
  const Service service = service_for(facts.name);
  OllamaReply parser(service);
  return converse(*options_.http, service, post, StreamFormat::ndjson, parser, std::move(cancel));
}

LlmResult<LlmAnswer> Ollama::complete(const LlmRequest& request, std::stop_token cancel) {
  const auto facts = find_out(request.deadline, cancel);
  if (!facts) return tl::unexpected(facts.error());
  auto answer =
      complete_without_refused(refused_, kOllamaOptional, [&] { return ask(*facts, request, cancel); });
  if (!answer && answer.error().failure == LlmFailure::bad_request) {
    const std::lock_guard lock(mutex_);
    known_.facts.reset();  // perhaps it is another model by now, or gone
  }
  return answer;
}

}  // namespace

Result<std::unique_ptr<LanguageModel>> make_ollama(OllamaOptions options) {
  auto endpoint = checked_endpoint(options.name, options.endpoint);
  if (!endpoint) return tl::unexpected(endpoint.error());
  options.endpoint = std::move(*endpoint);
  return std::make_unique<Ollama>(std::move(options));
}

}  // namespace diktate
