// diktate history: the takes that are over, and how to be rid of them.
#pragma once

namespace CLI {  // NOLINT(readability-identifier-naming): the parser's own
class App;
}

namespace diktate {

struct HistoryCommand {
  int limit = 20;
  bool json = false;
  bool wipe = false;
};

CLI::App* add_history(CLI::App& app, HistoryCommand& options);

// Answers with the exit code.
int run_history(const HistoryCommand& command);

}  // namespace diktate
