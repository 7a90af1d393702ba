#include "app/processing.h"

#include <utility>

#include "app/cleaning.h"
#include "app/processors.h"
#include "base/paths.h"
#include "llm/router.h"
#include "text/opening.h"
#include "text/output_check.h"

namespace diktate {
namespace {

// The language that a translation goes into, as far as its rules are known here.
std::shared_ptr<const Language> language_of_name(const std::string& into) {
  const std::vector<std::pair<std::string_view, std::string_view>> known = {
      {"English", "en"}, {"english", "en"}, {"en", "en"},     {"Spanish", "es"},
      {"spanish", "es"}, {"es", "es"},      {"español", "es"}};
  for (const auto& [name, code] : known) {
    if (into != name) continue;
    auto language = built_in_language(std::string(code));
    return language ? *language : nullptr;
  }
  return nullptr;
}

// In the strictness of the mode.
std::shared_ptr<const OutputCheck> check_for(const PromptOptions& prompt,
                                             const std::shared_ptr<const Language>& language) {
  OutputCheckOptions options{.language = language, .prompt = prompt_prefix(prompt).system};
  switch (prompt.mode) {
    case TaskMode::standard:
      options.style = VerifyStyle::standard;
      break;
    case TaskMode::professional:
    case TaskMode::refine:
      options.style = VerifyStyle::professional;
      break;
    case TaskMode::prompt:
    case TaskMode::note:
      options.style = VerifyStyle::prompt;
      break;
    case TaskMode::translate:
      options.style = VerifyStyle::translate;
      options.into = language_of_name(prompt.into);
      break;
    case TaskMode::refine_by_voice:
    case TaskMode::ask:
      return make_wrapper_check(language);
  }
  return make_output_check(std::move(options));
}

using Models = std::vector<std::shared_ptr<LanguageModel>>;

Result<Models> models_of(const TakeProfile& profile, std::shared_ptr<HttpClient> http) {
  if (!http && !profile.models.empty()) {
    auto own = make_http();
    if (!own) return tl::unexpected(own.error());
    http = std::move(*own);
  }
  Models models;
  for (const ProcessorSettings& settings : profile.models) {
    auto model = make_language_model(settings, http);
    if (!model) return tl::unexpected(model.error());
    models.push_back(std::move(*model));
  }
  return models;
}

}  // namespace

Result<std::unique_ptr<HttpClient>> make_http() {
  HttpClientOptions options;
  options.state_folder = state_folder();
  return make_http_client(std::move(options));
}

Result<std::shared_ptr<HttpClient>> SharedHttp::get() {
  const std::lock_guard lock(mutex_);
  if (http_) return http_;
  auto made = make_http();
  if (!made) return tl::unexpected(made.error());
  http_ = std::move(*made);
  return http_;
}

Result<std::unique_ptr<TextProcessor>> make_text_processor(const TakeProfile& profile, const Cleaner& cleaner,
                                                           std::shared_ptr<HttpClient> http) {
  auto rules = make_rules_processor(cleaner);
  const std::string lack = lack_of_model(profile);
  if (profile.models.empty() && lack.empty()) return profile.ends_raw ? make_router({}) : std::move(rules);
  auto models = models_of(profile, std::move(http));
  if (!models) return tl::unexpected(models.error());
  RouterOptions options{.models = std::move(*models), .check = check_for(profile.prompt, cleaner.language)};
  if (!profile.ends_raw) options.fallback = std::move(rules);
  options.models_get_fallback_text = !profile.ends_raw;
  options.lack = lack;
  options.prompt = profile.prompt;
  for (const std::string& word : cleaner.favoured) options.prompt.vocabulary.push_back(word);
  options.limit = profile.deadline;
  options.while_speaking = profile.while_speaking && profile.prompt.mode == TaskMode::standard;
  options.corrects = [language = cleaner.language](std::string_view piece) {
    return opens_with_correction(piece, *language);
  };
  return make_router(std::move(options));
}

}  // namespace diktate
