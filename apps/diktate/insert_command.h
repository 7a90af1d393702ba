// diktate insert: whether text can be put into windows here, and how.
#pragma once

#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): the parser's own
class App;
}

namespace diktate {

struct InsertCommand {
  enum class Action : unsigned char { none, test };
  Action action = Action::none;
  std::string command;  // to be tried too; empty: none
  bool json = false;
};

void add_insert(CLI::App& app, InsertCommand& command);

// Answers with the exit code.
int run_insert(const InsertCommand& command);

}  // namespace diktate
