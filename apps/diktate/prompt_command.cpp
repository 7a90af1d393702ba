#include "prompt_command.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/profiles.h"
#include "base/json_text.h"
#include "console.h"
#include "llm/prompts.h"
#include "processing_options.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

std::string to_json(const TakeProfile& profile, const Prompt& prompt) {
  Json turns = Json::array();
  for (const ChatTurn& turn : prompt.turns) {
    const auto* role = turn.role == ChatTurn::Role::user ? "user" : "assistant";
    turns.push_back({{"role", role}, {"text", turn.text}});
  }
  const Json json = {{"profile", profile.name},
                     {"mode", to_string(profile.prompt.mode)},
                     {"system", prompt.system},
                     {"turns", turns}};
  return json_text(json) + "\n";
}

}  // namespace

CLI::App* add_prompt(CLI::App& app, PromptCommand& options) {
  CLI::App* prompt = app.add_subcommand("prompt", "What language models are told");
  prompt->require_subcommand(1);
  CLI::App* command = prompt->add_subcommand("show", "The prompt of a profile, as a model gets it");
  command->add_option("PROFILE", options.profile, "Built in, or of config.toml")->required()->type_name("");
  command->add_option("--said", options.said, "What was dictated")->type_name("TEXT")->capture_default_str();
  command->add_option("--selection", options.selection, "The selected text")->type_name("TEXT");
  command->add_flag("--json", options.json, "As JSON in one line");
  return command;
}

int run_prompt(const PromptCommand& command) {
  const auto profile = chosen_profile({.profile = command.profile});
  if (!profile) return report_choice(profile.error(), "prompt show");
  const Prompt prompt = make_prompt(profile->prompt, {.said = command.said, .selection = command.selection});
  const auto printed = print_result(command.json ? to_json(*profile, prompt) : shown(prompt));
  if (printed) return kSuccess;
  print_error(printed.error().message);
  return kFailure;
}

}  // namespace diktate
