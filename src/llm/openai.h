// Models behind /v1/chat/completions: OpenAI, and servers that imitate it (llama.cpp, LM Studio, vLLM).
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "llm/language_model.h"

namespace diktate {

struct OpenAiOptions {
  std::string name = "openai";  // the user's, for what is wrong with these options
  std::string endpoint;         // with or without /v1; required
  std::string model;            // empty: left to the server, as llama.cpp allows
  std::string key;              // from the environment; never shown
  std::string key_variable = "OPENAI_API_KEY";
  Nanoseconds warm_for = std::chrono::minutes(1);
  std::shared_ptr<HttpClient> http = {};
};

// Contacts nobody yet. `invalid` without an endpoint. prepare() has a local server evaluate the beginning of
// the prompt; at others it only connects, as tokens cost money there.
Result<std::unique_ptr<LanguageModel>> make_openai(OpenAiOptions options);

}  // namespace diktate
