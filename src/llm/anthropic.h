// Anthropic's models, through /v1/messages.
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "llm/language_model.h"

namespace diktate {

struct AnthropicOptions {
  std::string name = "anthropic";  // the user's, for what is wrong with these options
  std::string endpoint;            // required
  std::string model;               // required
  std::string key;                 // from the environment; never shown
  std::string key_variable = "ANTHROPIC_API_KEY";
  Nanoseconds warm_for = std::chrono::minutes(1);
  std::shared_ptr<HttpClient> http = {};
};

// Contacts nobody yet. `invalid` without an endpoint or a model. prepare() only connects.
Result<std::unique_ptr<LanguageModel>> make_anthropic(AnthropicOptions options);

}  // namespace diktate
