#include "desktop/setup/hotkey_snippets.h"

#include <algorithm>
#include <utility>

namespace diktate {
namespace {

// The names that a desktop has for the modifiers, and what stands after each.
struct ModifierNames {
  const char* ctrl;
  const char* shift;
  const char* alt;
  const char* super;
  const char* after;
};
constexpr ModifierNames kSwayNames{"Ctrl", "Shift", "Mod1", "Mod4", "+"};
constexpr ModifierNames kGtkNames{"<Control>", "<Shift>", "<Alt>", "<Super>", ""};
constexpr ModifierNames kHyprlandNames{"CTRL", "SHIFT", "ALT", "SUPER", " "};
constexpr ModifierNames kKdeNames{"Ctrl", "Shift", "Alt", "Meta", "+"};

std::string modifiers_of(const Chord& chord, const ModifierNames& names) {
  std::string written;
  for (const auto& [there, name] : {std::pair{chord.super, names.super}, std::pair{chord.ctrl, names.ctrl},
                                    std::pair{chord.alt, names.alt}, std::pair{chord.shift, names.shift}}) {
    if (there) written += std::string(name) + names.after;
  }
  return written;
}

// A letter without Shift is a small one.
std::string key_of(const Chord& chord) {
  if (chord.key.size() == 1 && chord.key[0] >= 'A' && chord.key[0] <= 'Z')
    return {static_cast<char>(chord.key[0] - 'A' + 'a')};
  return chord.key;
}

HotkeySnippet for_sway(const std::string& file, const char* once, const Chord& chord,
                       const std::string& program) {
  const std::string keys = modifiers_of(chord, kSwayNames) + key_of(chord);
  return {"in " + file + ", then reload it",
          std::string("bindsym ") + once + keys + " exec " + program + " start\n" + "bindsym --release " +
              keys + " exec " + program + " finish\n",
          true};
}

HotkeySnippet for_hyprland(const Chord& chord, const std::string& program) {
  std::string modifiers = modifiers_of(chord, kHyprlandNames);
  if (!modifiers.empty()) modifiers.pop_back();
  const std::string keys = modifiers + ", " + chord.key + ", exec, " + program;
  return {"in ~/.config/hypr/hyprland.conf", "bind = " + keys + " start\nbindr = " + keys + " finish\n",
          true};
}

HotkeySnippet for_gnome(const Chord& chord, const std::string& program, std::vector<std::string> shortcuts) {
  const std::string base = "org.gnome.settings-daemon.plugins.media-keys";
  const std::string ours = "/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/diktate/";
  if (std::find(shortcuts.begin(), shortcuts.end(), ours) == shortcuts.end()) shortcuts.push_back(ours);
  std::string list;
  for (const std::string& shortcut : shortcuts) list += (list.empty() ? "'" : ", '") + shortcut + "'";
  const std::string set = "gsettings set " + base + ".custom-keybinding:" + ours;
  return {"in a terminal", "gsettings set " + base + " custom-keybindings \"[" + list + "]\"\n" + set +
                               " name 'Dictate'\n" + set + " command '" + program + " toggle'\n" + set +
                               " binding '" + modifiers_of(chord, kGtkNames) + key_of(chord) + "'\n"};
}

}  // namespace

HotkeySnippet snippet_for(const std::string& desktop, const Chord& chord, const std::string& program,
                          const std::vector<std::string>& custom_shortcuts) {
  if (desktop == "sway") return for_sway("~/.config/sway/config", "--no-repeat ", chord, program);
  if (desktop == "i3") return for_sway("~/.config/i3/config", "", chord, program);
  if (desktop == "hyprland") return for_hyprland(chord, program);
  if (desktop == "gnome") return for_gnome(chord, program, custom_shortcuts);
  if (desktop == "kde") {
    return {
        "in System Settings, Shortcuts, Add New, Command or Script",
        "command   " + program + " toggle\nshortcut  " + modifiers_of(chord, kKdeNames) + chord.key + "\n"};
  }
  if (desktop == "x11")
    return {"in config.toml, which the daemon reads", "[hotkeys]\ndictate = \"" + to_string(chord) + "\"\n",
            true};
  return {"where your desktop binds keys to commands",
          "command   " + program + " toggle\nshortcut  " + to_string(chord) + "\n"};
}

}  // namespace diktate
