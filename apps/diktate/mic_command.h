// diktate mic: which microphones there are, and whether one hears the user.
#pragma once

#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): the parser's own
class App;
}

namespace diktate {

struct MicCommand {
  enum class Action : unsigned char { none, list, test };
  Action action = Action::none;
  std::string source;  // empty: the default one
  double seconds = 5;
  bool json = false;
};

void add_mic(CLI::App& app, MicCommand& command);

// Answers with the exit code.
int run_mic(const MicCommand& command);

}  // namespace diktate
