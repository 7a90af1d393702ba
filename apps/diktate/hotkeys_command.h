// diktate hotkeys: how a key of the desktop comes to begin a dictation, and whether a key is heard here.
#pragma once

#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): the parser's own
class App;
}

namespace diktate {

struct HotkeysCommand {
  enum class Action : unsigned char { none, setup, test };
  Action action = Action::none;
  std::string desktop;  // empty: that of the session
  std::string keys;     // empty: setup: ours; test: those of the settings
  std::string method;   // test: one of hotkey_names() but "none"; empty: that of the settings
  bool json = false;
};

void add_hotkeys(CLI::App& app, HotkeysCommand& command);

// Answers with the exit code.
int run_hotkeys(const HotkeysCommand& command);

}  // namespace diktate
