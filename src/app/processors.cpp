#include "app/processors.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "llm/anthropic.h"
#include "llm/endpoints.h"
#include "llm/gemini.h"
#include "llm/ollama.h"
#include "llm/openai.h"

namespace diktate {
namespace {

std::string environment(const std::string& variable) {
  const char* value = variable.empty() ? nullptr : std::getenv(variable.c_str());
  return value == nullptr ? std::string() : std::string(value);
}

// The settings of a processor with what its row of the table adds.
using MakeModel = Result<std::unique_ptr<LanguageModel>> (*)(const ProcessorSettings& settings,
                                                             const std::shared_ptr<HttpClient>& http);

Result<std::unique_ptr<LanguageModel>> ollama(const ProcessorSettings& settings,
                                              const std::shared_ptr<HttpClient>& http) {
  OllamaOptions options;
  options.name = settings.name;
  options.endpoint = settings.endpoint;
  options.model = settings.model;
  options.http = http;
  if (settings.keep_alive_s) options.keep_alive_s = *settings.keep_alive_s;
  return make_ollama(std::move(options));
}

template <class Options, Result<std::unique_ptr<LanguageModel>> (*make)(Options)>
Result<std::unique_ptr<LanguageModel>> with_key(const ProcessorSettings& settings,
                                                const std::shared_ptr<HttpClient>& http) {
  Options options;
  options.name = settings.name;
  options.endpoint = settings.endpoint;
  options.model = settings.model;
  options.key_variable = settings.key_variable;
  options.key = environment(settings.key_variable);
  options.http = http;
  return make(std::move(options));
}

struct ProcessorRow {
  std::string_view kind;
  std::string_view endpoint;      // where nothing else is said; empty: somebody must say it
  std::string_view key_variable;  // where nothing else is said
  MakeModel make;
};

// A service of which there is only one has its endpoint here; servers of one's own have to be named.
constexpr std::array<ProcessorRow, 4> kProcessors{{
    {"ollama", "", "", ollama},
    {"openai", "", "OPENAI_API_KEY", with_key<OpenAiOptions, make_openai>},
    {"anthropic", "https://api.anthropic.com", "ANTHROPIC_API_KEY",
     with_key<AnthropicOptions, make_anthropic>},
    {"gemini", "https://generativelanguage.googleapis.com", "GEMINI_API_KEY",
     with_key<GeminiOptions, make_gemini>},
}};

Result<const ProcessorRow*> row_of(const ProcessorSettings& settings) {
  const std::string& kind = settings.kind.empty() ? settings.name : settings.kind;
  const auto* row = std::find_if(kProcessors.begin(), kProcessors.end(),
                                 [&](const ProcessorRow& known) { return known.kind == kind; });
  if (row != kProcessors.end()) return row;
  const std::string list = fmt::format("{}", fmt::join(processor_kinds(), ", "));
  if (settings.kind.empty()) {
    return fail(ErrorKind::invalid,
                fmt::format("there is no processor '{}'; name it in config.toml as [processors.{}] with kind "
                            "= one of {}",
                            settings.name, settings.name, list));
  }
  return fail(ErrorKind::invalid, fmt::format("the processor {} is of the unknown kind '{}'; there are {}",
                                              settings.name, settings.kind, list));
}

ProcessorSettings completed(ProcessorSettings settings, const ProcessorRow& row) {
  settings.kind = row.kind;
  if (row.kind == "ollama") {
    settings.endpoint = ollama_endpoint(settings.endpoint, environment("OLLAMA_HOST"));
  } else if (settings.endpoint.empty()) {
    settings.endpoint = row.endpoint;
  }
  if (settings.key_variable.empty()) settings.key_variable = row.key_variable;
  return settings;
}

}  // namespace

std::vector<std::string> processor_kinds() {
  std::vector<std::string> kinds;
  for (const ProcessorRow& row : kProcessors) kinds.emplace_back(row.kind);
  return kinds;
}

Result<ProcessorPlace> place_of(const ProcessorSettings& settings) {
  const auto row = row_of(settings);
  if (!row) return tl::unexpected(row.error());
  ProcessorSettings whole = completed(settings, **row);
  const bool has_key = !environment(whole.key_variable).empty();
  return ProcessorPlace{std::move(whole.kind), std::move(whole.endpoint), std::move(whole.key_variable),
                        has_key};
}

Result<void> check_processor(const ProcessorSettings& settings) {
  if (auto made = make_language_model(settings, {}); !made) return tl::unexpected(made.error());
  return {};
}

Result<std::unique_ptr<LanguageModel>> make_language_model(const ProcessorSettings& settings,
                                                           const std::shared_ptr<HttpClient>& http) {
  const auto row = row_of(settings);
  if (!row) return tl::unexpected(row.error());
  return (*row)->make(completed(settings, **row), http);
}

}  // namespace diktate
