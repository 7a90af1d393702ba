// How a key of the desktop comes to begin and end a dictation: exact lines for the session, around what is
// bound.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "desktop/setup/present_bindings.h"

namespace diktate {

// "gnome", "kde", "sway", "hyprland", "i3", "x11" (any other on X11), "wayland" (any other on Wayland).
std::vector<std::string> desktop_names();

// A variable of the environment; null: it is not set.
using Environment = std::function<const char*(const char* name)>;

// One of desktop_names(); empty: there is no session.
std::string desktop_of(const Environment& environment);

// A profile that is to have a key of its own, with that letter if it is free.
struct KeyedProfile {
  std::string name;
  char letter = 'T';  // a capital
};

struct HotkeySetupOptions {
  std::string desktop;              // one of desktop_names()
  bool daemon_listens = false;      // for the key itself
  bool by_portal = false;           // because the desktop gives it one
  std::string program = "diktate";  // as the desktop is to start it
  std::string keys = "";            // wanted; empty: the first of ours that is free
  std::vector<KeyedProfile> profiles = {};
};

struct BoundKey {
  std::string keys;
  std::string what;
};

// A key that is proposed.
struct ProposedKey {
  std::string keys = {};                 // "Super+Alt+D"
  bool is_free = true;                   // nothing that could be read has them
  std::vector<BoundKey> conflicts = {};  // keys that would have come first, or were wanted, and what has them
};

struct ProfileKey {
  std::string name;  // of the profile
  ProposedKey key;
};

struct HotkeySetup {
  ProposedKey dictate;
  ProposedKey last;  // inserts the last text again
  ProposedKey swap;  // puts its other version in its place
  std::vector<ProfileKey>
      profiles;  // as in the options; without those that a command line would have to quote
  std::optional<ProposedKey> cancel;  // none: the desktop binds no keys by lines of a file
  std::string place;                  // where the snippet goes
  std::string snippet;                // lines, for all of them
  bool push_to_talk = false;          // holding the key works, and not only tapping it
};

// Fails (`invalid`) for keys that are none.
Result<HotkeySetup> set_up_hotkeys(const HotkeySetupOptions& options, const PresentBindings& present);

}  // namespace diktate
