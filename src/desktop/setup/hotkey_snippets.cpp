#include "desktop/setup/hotkey_snippets.h"

#include <algorithm>
#include <functional>
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

std::string in_sway(const Chord& chord) { return modifiers_of(chord, kSwayNames) + key_of(chord); }

HotkeySnippet for_sway(const std::string& file, const std::string& once, const Chord& chord,
                       const std::vector<SnippetKey>& others, const std::string& program) {
  const auto line = [&](const std::string& flag, const Chord& keys, const std::string& command) {
    return "bindsym " + flag + in_sway(keys) + " exec " + program + " " + command + "\n";
  };
  std::string lines = line(once, chord, "start") + line("--release ", chord, "finish");
  for (const SnippetKey& key : others) lines += line(once, key.chord, key.command);
  return {"in " + file + ", then reload it", std::move(lines), true};
}

HotkeySnippet for_hyprland(const Chord& chord, const std::vector<SnippetKey>& others,
                           const std::string& program) {
  const auto line = [&](const char* bind, const Chord& keys, const std::string& command) {
    std::string modifiers = modifiers_of(keys, kHyprlandNames);
    if (!modifiers.empty()) modifiers.pop_back();
    return std::string(bind) + " = " + modifiers + ", " + keys.key + ", exec, " + program + " " + command +
           "\n";
  };
  std::string lines = line("bind", chord, "start") + line("bindr", chord, "finish");
  for (const SnippetKey& key : others) lines += line("bind", key.chord, key.command);
  return {"in ~/.config/hypr/hyprland.conf", std::move(lines), true};
}

bool dictates(const SnippetKey& key) { return key.command == "toggle"; }

// `set` is the command that sets a value of it.
std::string binding_in_gnome(const std::string& set, const SnippetKey& key, const std::string& program) {
  const std::string name = dictates(key) ? "Dictate" : "Dictate: " + key.command;
  return set + " name '" + name + "'\n" + set + " command '" + program + " " + key.command + "'\n" + set +
         " binding '" + modifiers_of(key.chord, kGtkNames) + key_of(key.chord) + "'\n";
}

HotkeySnippet for_gnome(const std::vector<SnippetKey>& keys, const std::string& program,
                        std::vector<std::string> shortcuts) {
  const std::string base = "org.gnome.settings-daemon.plugins.media-keys";
  const std::string folder = "/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/diktate";
  const std::string set = "gsettings set " + base + ".custom-keybinding:";
  std::string lines;
  for (const SnippetKey& key : keys) {
    const std::string ours = folder + (dictates(key) ? "/" : "-" + key.command + "/");
    if (std::find(shortcuts.begin(), shortcuts.end(), ours) == shortcuts.end()) shortcuts.push_back(ours);
    lines += binding_in_gnome(set + ours, key, program);
  }
  std::string list;
  for (const std::string& shortcut : shortcuts) list += (list.empty() ? "'" : ", '") + shortcut + "'";
  return {"in a terminal", "gsettings set " + base + " custom-keybindings \"[" + list + "]\"\n" + lines};
}

HotkeySnippet for_config(const Chord& chord, const std::vector<SnippetKey>& others) {
  std::string lines = "[hotkeys]\ndictate = \"" + to_string(chord) + "\"\n";
  for (const SnippetKey& key : others) lines += key.command + " = \"" + to_string(key.chord) + "\"\n";
  return {"in config.toml, which the daemon reads", std::move(lines), true};
}

// By hand, in a dialog.
std::string by_hand(const std::vector<SnippetKey>& keys, const std::string& program,
                    const std::function<std::string(const Chord&)>& written) {
  std::string lines;
  for (const SnippetKey& key : keys)
    lines += "command   " + program + " " + key.command + "\nshortcut  " + written(key.chord) + "\n";
  return lines;
}

}  // namespace

HotkeySnippet snippet_for(const std::string& desktop, const Chord& chord,
                          const std::vector<SnippetKey>& others, const std::string& program,
                          const std::vector<std::string>& custom_shortcuts) {
  if (desktop == "sway") return for_sway("~/.config/sway/config", "--no-repeat ", chord, others, program);
  if (desktop == "i3") return for_sway("~/.config/i3/config", "", chord, others, program);
  if (desktop == "hyprland") return for_hyprland(chord, others, program);
  if (desktop == "x11") return for_config(chord, others);
  std::vector<SnippetKey> keys{{"toggle", chord}};
  keys.insert(keys.end(), others.begin(), others.end());
  if (desktop == "gnome") return for_gnome(keys, program, custom_shortcuts);
  const auto in_kde = [](const Chord& keys_there) {
    return modifiers_of(keys_there, kKdeNames) + keys_there.key;
  };
  if (desktop == "kde")
    return {"in System Settings, Shortcuts, Add New, Command or Script", by_hand(keys, program, in_kde)};
  return {"where your desktop binds keys to commands", by_hand(keys, program, to_string)};
}

}  // namespace diktate
