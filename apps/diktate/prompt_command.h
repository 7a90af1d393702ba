// diktate prompt show: what a language model is told.
#pragma once

#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): the parser's own
class App;
}

namespace diktate {

struct PromptCommand {
  std::string profile;
  std::string said = "{text}";
  std::string selection;
  bool json = false;
};

// Answers with `prompt show`.
CLI::App* add_prompt(CLI::App& app, PromptCommand& command);

// Answers with the exit code.
int run_prompt(const PromptCommand& command);

}  // namespace diktate
