// A profile put together: the rules of cleanup, and the language models in front of them.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "app/cleaning.h"
#include "app/profiles.h"
#include "base/result.h"
#include "core/ports.h"
#include "llm/language_model.h"
#include "llm/router.h"
#include "net/http_client.h"

namespace diktate {

// Lives as long as what it is used for. Destroying it ends all that its models still do.
struct Processing {
  std::unique_ptr<HttpClient> http;  // none where no model is asked
  std::vector<std::shared_ptr<LanguageModel>> models;
  std::unique_ptr<TextProcessor> processor;  // never none; last: it uses all of the above
};

// Contacts nobody yet; TextProcessor::prepare() does. `cleaner` is what the profile names (make_cleaner()).
// `invalid`: an endpoint or a model that is missing.
Result<Processing> make_processing(const TakeProfile& profile, const Cleaner& cleaner,
                                   std::function<void(const LateText&)> on_late = {});

// The HTTP client of the program: where it remembers addresses, whose proxies it obeys.
Result<std::unique_ptr<HttpClient>> make_http();

}  // namespace diktate
