// A profile put together: the rules of cleanup, and the language models in front of them.
#pragma once

#include <memory>
#include <mutex>

#include "app/cleaning.h"
#include "app/profiles.h"
#include "base/result.h"
#include "core/ports.h"
#include "net/http_client.h"

namespace diktate {

// An HTTP client of the program: where it remembers addresses, whose proxies it obeys.
Result<std::unique_ptr<HttpClient>> make_http();

// One for all who ask, made for the first of them. It keeps its connections: a change of the settings costs
// none. Any thread.
class SharedHttp {
 public:
  Result<std::shared_ptr<HttpClient>> get();

 private:
  std::mutex mutex_;
  std::shared_ptr<HttpClient> http_;
};

// Contacts nobody yet; TextProcessor::prepare() does. Destroying it ends all that its models still do.
// `cleaner` is what the profile names (make_cleaner()). `http` asks the models; none: one of its own does.
// `invalid`: an endpoint or a model that is missing.
Result<std::unique_ptr<TextProcessor>> make_text_processor(const TakeProfile& profile, const Cleaner& cleaner,
                                                           std::shared_ptr<HttpClient> http = {});

}  // namespace diktate
