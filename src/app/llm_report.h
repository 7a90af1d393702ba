// What `diktate llm` finds out of a processor, as JSON and for a person.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/processors.h"
#include "base/clock.h"
#include "base/json_text.h"
#include "llm/language_model.h"
#include "store/settings_file.h"

namespace diktate {

// A processor, whom it asks and where.
struct Processor {
  ProcessorSettings settings;
  ProcessorPlace place;
  std::unique_ptr<LanguageModel> model;
};

// Which it is. `Json`: an object of nlohmann's.
template <class Json>
Json about(const Processor& processor) {
  return {{"name", processor.settings.name},
          {"kind", processor.place.kind},
          {"endpoint", or_null<Json>(processor.place.endpoint)}};
}

// `invalid`: as place_of() and make_language_model() say.
Result<Processor> make_processor(const ProcessorSettings& settings, const std::shared_ptr<HttpClient>& http);

// One that cannot be made: it contacts nobody, and answers everything with why.
Processor unusable_processor(const ProcessorSettings& settings, const Error& why);

struct Warmed {
  LlmResult<bool> ready;
  Nanoseconds duration{};
};

struct Measured {
  std::vector<LlmAnswer> answers;  // the first is cold
  std::optional<LlmError> error;   // why there are fewer than asked for
};

// Each waits for the server.
Warmed warm(const Processor& processor);
Measured measure(const Processor& processor, int warm_runs);

// "box: ollama at http://localhost:11434", a line.
std::string heading(const Processor& processor);

// One JSON object, and lines for a terminal.
std::string to_json(const Processor& processor, const LlmResult<ServerStatus>& status);
std::string to_json(const Processor& processor, const Warmed& warmed);
std::string to_json(const Processor& processor, const Measured& measured);
std::string to_text(const Processor& processor, const LlmResult<ServerStatus>& status);
std::string to_text(const Processor& processor, const Warmed& warmed);
std::string to_text(const Processor& processor, const Measured& measured);

}  // namespace diktate
