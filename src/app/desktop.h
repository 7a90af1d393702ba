// From the settings to the ways into the user's windows and keys.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "daemon/setup.h"
#include "store/settings_file.h"

namespace diktate {

struct DesktopChoice {
  std::string insert = "auto";  // one of inserter_names()
  std::vector<std::string> command = {};
  bool follow_focus = false;
  std::vector<NamedText> programs = {};  // WM_CLASS or app id, and one of kPasteKindNames
  std::string hotkeys = "auto";          // one of hotkey_names()
  std::string dictate_key = "Super+Alt+D";
  std::string cancel_key = "Escape";         // "evdev": may be empty, for none
  std::string last_key = {};                 // inserts the last text again; empty: none does
  std::string swap_key = {};                 // puts its other version in its place; empty: none does
  std::vector<NamedText> profile_keys = {};  // by a profile, the key that dictates with it
  std::string devices = {};                  // "evdev": the folder of the input devices; empty: the kernel's
};

// The keys that insert the last text again and swap it, where the settings say nothing of them: none where
// keys are not ours to take, or another action has it.
std::string default_last_key(const DesktopChoice& choice);
std::string default_swap_key(const DesktopChoice& choice);

// `invalid`: a name that is in no table, "command" without one, no way to paste, a key that the backend does
// not read, or one that stands for two actions.
// Contacts nobody.
Result<void> check_desktop(const DesktopChoice& choice);

// Where what was chosen cannot be had, text is held and there are no keys, and the problems say why. What
// `had` has of the same choice is taken from there. Waits for the display, where there is one. `clock` is
// borrowed for as long as the keys live.
Desktop make_desktop(const DesktopChoice& choice, const Clock& clock, Desktop& had);

}  // namespace diktate
