// The one table of ways into the user's windows and of keys: from a name in the settings to what is behind
// the ports.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "daemon/setup.h"

namespace diktate {

struct DesktopChoice {
  std::string insert = "auto";  // or a name of the table
  std::vector<std::string> command = {};
  std::string hotkeys = "auto";
  std::string dictate_key = "Super+Alt+D";
  std::string cancel_key = "Escape";
};

// Every name, "auto" first.
std::vector<std::string> inserter_names();
std::vector<std::string> hotkeys_names();

// `invalid`: a name that is in no table, or "command" without one. Contacts nobody.
Result<void> check_desktop(const DesktopChoice& choice);

// "auto" takes the first of the table that works here. Where nothing does, text is held and there are no
// keys, and the problems say why. Waits for the display, where there is one.
Desktop make_desktop(const DesktopChoice& choice);

// Holds every text for those who ask the daemon for it.
std::unique_ptr<TextInserter> make_held_inserter();

}  // namespace diktate
