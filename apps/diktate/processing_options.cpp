#include "processing_options.h"

#include <cstdint>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/processors.h"
#include "checks.h"
#include "console.h"
#include "store/settings_file.h"

namespace diktate {

void add_processor_options(CLI::App& command, ProcessingChoice& choice) {
  command
      .add_option("--profile", choice.profile,
                  fmt::format("What is done with the words: {}, or one of config.toml",
                              fmt::join(take_profile_names({}), ", ")))
      ->type_name("NAME");
  command
      .add_option(
          "--processor", choice.processor,
          fmt::format("The language model that is asked first: {}, or one of config.toml; rules: none",
                      fmt::join(processor_kinds(), ", ")))
      ->type_name("NAME");
  command.add_option("--endpoint", choice.endpoint, "Where it is")
      ->check([](const std::string& url) { return url.empty() ? "it is empty" : ""; })
      ->type_name("URL");
  command.add_option("--model", choice.model, "Which of its models")->type_name("NAME");
}

void add_text_options(CLI::App& command, ProcessingChoice& choice) {
  command.add_option("--language", choice.language, "Whose words the rules of cleanup know: en, es, ...")
      ->type_name("NAME");
  command
      .add_option("--deadline-ms", choice.deadline_ms,
                  "How long it may take from key up; then the text of the rules is taken")
      ->check(number_between<std::int64_t>(0, kLongestDeadline))
      ->type_name("N");
}

Result<TakeProfile> chosen_profile(const ProcessingChoice& choice) {
  const auto settings = read_settings(settings_path());
  if (!settings) return fail(ErrorKind::failed, settings.error().message);
  return find_profile(*settings, choice);
}

Result<PrivacyLevel> chosen_privacy() {
  const auto settings = read_settings(settings_path());
  if (!settings) return fail(ErrorKind::failed, settings.error().message);
  return settings->privacy;
}

int report_choice(const Error& error, std::string_view command) {
  const bool wrong = error.kind == ErrorKind::invalid;
  print_error(wrong ? fmt::format("{} (see 'diktate {} --help')", error.message, command) : error.message);
  return wrong ? kWrongUse : kFailure;
}

}  // namespace diktate
