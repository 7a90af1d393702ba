#include "app/llm_report.h"

#include <cmath>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/format.h"
#include "app/json_values.h"
#include "llm/prompts.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const LoadedModel& model) {
  return {{"name", model.name},
          {"context", or_null<Json>(model.context)},
          {"bytes", or_null<Json>(model.bytes)},
          {"vram_bytes", or_null<Json>(model.vram_bytes)},
          {"keep_alive_s", model.keep_alive
                               ? Json(std::round(static_cast<double>(model.keep_alive->count()) / 1e9))
                               : Json(nullptr)}};
}

std::string to_line(const LoadedModel& model) {
  std::string line = "  loaded     " + model.name;
  if (model.context) line += fmt::format(", context {}", *model.context);
  if (model.bytes) line += ", " + format_bytes(static_cast<std::uintmax_t>(*model.bytes));
  if (model.bytes && model.vram_bytes && *model.bytes > 0)
    line += fmt::format(", {:.0f} % of it in VRAM",
                        100.0 * static_cast<double>(*model.vram_bytes) / static_cast<double>(*model.bytes));
  constexpr auto kForEver = std::chrono::hours(24 * 365);
  if (model.keep_alive) {
    line += *model.keep_alive > kForEver
                ? std::string(", for ever")
                : fmt::format(", for another {:.0f} s", static_cast<double>(model.keep_alive->count()) / 1e9);
  }
  return line + "\n";
}

class UnusableModel final : public LanguageModel {
 public:
  UnusableModel(std::string name, std::string why) : name_(std::move(name)), why_(std::move(why)) {}

  LlmResult<bool> prepare(const Prompt& /*prefix*/, std::stop_token /*cancel*/) override { return failure(); }
  LlmResult<LlmAnswer> complete(const LlmRequest& /*request*/, std::stop_token /*cancel*/) override {
    return failure();
  }
  LlmResult<ServerStatus> status(std::optional<Instant> /*deadline*/, std::stop_token /*cancel*/) override {
    return failure();
  }
  std::string name() const override { return name_; }
  std::string key() const override { return "unusable:" + name_; }

 private:
  tl::unexpected<LlmError> failure() const { return llm_fail(LlmFailure::bad_request, why_); }

  const std::string name_;
  const std::string why_;
};

}  // namespace

Result<Processor> make_processor(const ProcessorSettings& settings, const std::shared_ptr<HttpClient>& http) {
  auto place = place_of(settings);
  if (!place) return tl::unexpected(place.error());
  auto model = make_language_model(settings, http);
  if (!model) return tl::unexpected(model.error());
  return Processor{settings, std::move(*place), std::move(*model)};
}

Processor unusable_processor(const ProcessorSettings& settings, const Error& why) {
  const std::string& kind = settings.kind.empty() ? settings.name : settings.kind;
  auto place = place_of(settings);
  if (!place) place = ProcessorPlace{.kind = kind, .endpoint = settings.endpoint, .key_variable = {}};
  return {settings, std::move(*place), std::make_unique<UnusableModel>(settings.name, why.message)};
}

std::string heading(const Processor& processor) {
  const std::string& endpoint = processor.place.endpoint;
  return fmt::format("{}: {}{}\n", processor.settings.name, processor.place.kind,
                     endpoint.empty() ? "" : " at " + endpoint);
}

std::string to_json(const Processor& processor, const LlmResult<ServerStatus>& status) {
  Json json = about<Json>(processor);
  json["reachable"] = status.has_value();
  json["key"] = processor.place.key_variable.empty()
                    ? Json(nullptr)
                    : Json{{"variable", processor.place.key_variable}, {"set", processor.place.has_key}};
  if (!status) {
    json["failure"] = to_string(status.error().failure);
    json["error"] = whole_line(status.error());
    return json_text(json);
  }
  json["address"] = status->http.address;
  json["connect_ms"] = to_ms(status->http.connect);
  json["total_ms"] = to_ms(status->http.total);
  json["version"] = status->version.empty() ? Json(nullptr) : Json(status->version);
  json["loaded"] = Json::array();
  for (const LoadedModel& model : status->loaded) json["loaded"].push_back(to_json(model));
  json["installed"] = status->installed;
  return json_text(json);
}

std::string to_text(const Processor& processor, const LlmResult<ServerStatus>& status) {
  std::string text = heading(processor);
  if (!processor.place.key_variable.empty())
    text += fmt::format("  key        ${} is {}\n", processor.place.key_variable,
                        processor.place.has_key ? "set" : "not set");
  if (!status) return text + "  " + whole_line(status.error()) + "\n";
  text += fmt::format("  reached    {}, connected in {}, answered in {}{}\n", status->http.address,
                      format_duration(status->http.connect), format_duration(status->http.total),
                      status->version.empty() ? "" : ", version " + status->version);
  for (const LoadedModel& model : status->loaded) text += to_line(model);
  if (status->loaded.empty() && processor.place.kind == "ollama") text += "  loaded     nothing\n";
  text += fmt::format("  installed  {}\n", status->installed.empty()
                                               ? "nothing is listed"
                                               : fmt::format("{}", fmt::join(status->installed, ", ")));
  return text;
}

std::string to_json(const Processor& processor, const Warmed& warmed) {
  Json json = about<Json>(processor);
  json["ready"] = warmed.ready.has_value();
  json["duration_ms"] = to_ms(warmed.duration);
  if (!warmed.ready) {
    json["failure"] = to_string(warmed.ready.error().failure);
    json["error"] = whole_line(warmed.ready.error());
  }
  return json_text(json);
}

std::string to_text(const Processor& processor, const Warmed& warmed) {
  const std::string what = warmed.ready ? fmt::format("ready in {}", format_duration(warmed.duration))
                                        : whole_line(warmed.ready.error());
  return fmt::format("{}: {}\n", processor.settings.name, what);
}

Warmed warm(const Processor& processor) {
  const Instant start = std::chrono::steady_clock::now();
  auto ready = processor.model->prepare(prompt_prefix({}), {});
  return {std::move(ready), std::chrono::steady_clock::now() - start};
}

}  // namespace diktate
