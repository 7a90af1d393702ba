// What the desktop of this session has bound, as far as it can be read.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "desktop/setup/key_bindings.h"

namespace diktate {

struct PresentBindings {
  std::vector<KeyBinding> bindings;
  std::vector<std::string> read;                   // where they stand: files, programs; empty: nowhere
  std::vector<std::string> missing = {};           // files of which there is none, if nothing was read
  std::vector<std::string> custom_shortcuts = {};  // of GNOME: the paths of those that the user made
};

// `desktop` is one of desktop_names(). Waits on the disk, and for `gsettings`.
PresentBindings present_bindings(const std::string& desktop);

}  // namespace diktate
