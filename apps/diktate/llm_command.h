// diktate llm: whether the language models are there, making them ready, and how fast they are.
#pragma once

#include "app/profiles.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the parser's own
class App;
}

namespace diktate {

struct LlmCommand {
  enum class Action : unsigned char { none, status, warm, bench };
  Action action = Action::none;
  ProcessingChoice choice;
  int runs = 10;
  bool json = false;
};

void add_llm(CLI::App& app, LlmCommand& command);

// Answers with the exit code.
int run_llm(const LlmCommand& command);

}  // namespace diktate
