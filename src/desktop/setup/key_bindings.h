// The keys that a desktop has bound already, read from its own files and answers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desktop/chord.h"

namespace diktate {

struct KeyBinding {
  Chord chord;
  std::string what;  // what the key does, in the desktop's own words
};

// Each takes any text, and leaves out what it does not understand.

// The configuration of sway and i3: what holds in their default mode.
std::vector<KeyBinding> sway_bindings(std::string_view config);
// hyprland.conf.
std::vector<KeyBinding> hyprland_bindings(std::string_view config);
// What `gsettings list-recursively` says of schemas with keys.
std::vector<KeyBinding> gnome_bindings(std::string_view listing);
// kglobalshortcutsrc of KDE.
std::vector<KeyBinding> kde_bindings(std::string_view config);

// The files that a line of a configuration of sway, i3 or Hyprland includes, as they are written there;
// empty: none.
std::string included_by(std::string_view line);

// Whether both are the same keys, however they are written.
bool same_keys(const Chord& one, const Chord& other);

}  // namespace diktate
