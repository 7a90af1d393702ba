// Google's Gemini models, through streamGenerateContent. The key goes in a header, as URLs end up in logs.
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "llm/language_model.h"

namespace diktate {

struct GeminiOptions {
  std::string name = "gemini";  // the user's, for what is wrong with these options
  std::string endpoint;         // with or without /v1beta; required
  std::string model;            // required
  std::string key;              // from the environment; never shown
  std::string key_variable = "GEMINI_API_KEY";
  Nanoseconds warm_for = std::chrono::minutes(1);
  std::shared_ptr<HttpClient> http = {};
};

// Contacts nobody yet. `invalid` without an endpoint or a model. prepare() only connects.
Result<std::unique_ptr<LanguageModel>> make_gemini(GeminiOptions options);

}  // namespace diktate
