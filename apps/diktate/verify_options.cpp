#include "verify_options.h"

#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "checks.h"
#include "text/language.h"

namespace diktate {
CLI::App* add_verify_command(CLI::App& app, VerifyCommand& options) {
  const std::vector<std::string> styles(kVerifyStyleNames.begin(), kVerifyStyleNames.end());
  CLI::App* command =
      app.add_subcommand("verify", "Whether a language model's text may stand for what was said");
  command->add_option("--said", options.said, "What was dictated")->required()->type_name("TEXT");
  command->add_option("--got", options.got, "What the model made of it")->required()->type_name("TEXT");
  command->add_option("--style", options.style, fmt::format("{}", fmt::join(styles, ", ")))
      ->check(one_of(styles))
      ->type_name("NAME")
      ->capture_default_str();
  command->add_option("--language", options.language, "Of what was dictated")
      ->check(one_of(language_names()))
      ->type_name("NAME")
      ->capture_default_str();
  command->add_option("--prompt", options.prompt, "What the model was told, to find it repeated")
      ->type_name("TEXT");
  command->add_flag("--json", options.json, "The verdict as JSON in one line");
  return command;
}

}  // namespace diktate
