// Models on an Ollama server, through its native interface: the only one that has keep_alive, think and
// durations.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "llm/language_model.h"

namespace diktate {

struct OllamaOptions {
  std::string name = "ollama";          // the user's, for what is wrong with these options
  std::string endpoint;                 // as ollama_endpoint() makes it; required
  std::string model;                    // empty: the one that is loaded
  std::int64_t keep_alive_s = 10 * 60;  // at least, after each request; negative: for ever
  Nanoseconds load_limit = std::chrono::minutes(10);
  Nanoseconds warm_for = std::chrono::minutes(1);  // how long prepare() keeps the connection open
  std::shared_ptr<HttpClient> http = {};
  std::function<std::chrono::system_clock::time_point()> wall_clock = std::chrono::system_clock::now;
};

// Contacts nobody yet. `invalid` without an endpoint.
//
// What it sends is the same in every request, as another runner option, or one left out, makes the server
// load the model again: none at all but num_ctx, and that only to match a model which somebody else has
// loaded, or for a text that is too long otherwise. `shift` is never sent, and `truncate` is off: a prompt
// that does not fit is an error. A model that runs elsewhere, through this server, is refused unless `model`
// names it.
Result<std::unique_ptr<LanguageModel>> make_ollama(OllamaOptions options);

}  // namespace diktate
