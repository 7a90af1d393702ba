// The one table of processors: from a name in a setting or on the command line to a language model.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "llm/language_model.h"
#include "net/http_client.h"
#include "store/settings_file.h"

namespace diktate {

// Every kind that make_language_model knows.
std::vector<std::string> processor_kinds();

// Where it will be reached and what it lacks, for a person, without contacting anybody.
struct ProcessorPlace {
  std::string kind;
  std::string endpoint;      // empty: none is named
  std::string key_variable;  // empty: it needs no key
  bool has_key = false;      // the variable is set
};
Result<ProcessorPlace> place_of(const ProcessorSettings& settings);

// Whether make_language_model() would make it.
Result<void> check_processor(const ProcessorSettings& settings);

// Contacts nobody yet. `invalid`: no such kind, no endpoint, no model where one is needed. The key comes from
// the environment.
Result<std::unique_ptr<LanguageModel>> make_language_model(const ProcessorSettings& settings,
                                                           const std::shared_ptr<HttpClient>& http);

}  // namespace diktate
