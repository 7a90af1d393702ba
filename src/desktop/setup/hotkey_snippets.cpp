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

std::string with_profile(const std::string& command, const SnippetKey& key) {
  return key.name.empty() ? command : command + " --profile " + key.name;
}

HotkeySnippet for_sway(const std::string& file, const std::string& once, const SnippetKeys& keys,
                       const std::string& program) {
  const auto line = [&](const std::string& flag, const SnippetKey& key, const std::string& command) {
    return "bindsym " + flag + in_sway(key.chord) + " exec " + program + " " + command + "\n";
  };
  std::string lines;
  for (const SnippetKey& key : keys.dictation)
    lines += line(once, key, with_profile("start", key)) + line("--release ", key, "finish");
  for (const SnippetKey& key : keys.others) lines += line(once, key, key.name);
  return {"in " + file + ", then reload it", std::move(lines), true};
}

HotkeySnippet for_hyprland(const SnippetKeys& keys, const std::string& program) {
  const auto line = [&](const char* bind, const SnippetKey& key, const std::string& command) {
    std::string modifiers = modifiers_of(key.chord, kHyprlandNames);
    if (!modifiers.empty()) modifiers.pop_back();
    return std::string(bind) + " = " + modifiers + ", " + key.chord.key + ", exec, " + program + " " +
           command + "\n";
  };
  std::string lines;
  for (const SnippetKey& key : keys.dictation)
    lines += line("bind", key, with_profile("start", key)) + line("bindr", key, "finish");
  for (const SnippetKey& key : keys.others) lines += line("bind", key, key.name);
  return {"in ~/.config/hypr/hyprland.conf", std::move(lines), true};
}

// Where a key only starts a command.
struct Shortcut {
  std::string id;  // "", "last", "profile-translate"
  std::string name;
  std::string command;
  Chord chord;
};

std::vector<Shortcut> shortcuts_of(const SnippetKeys& keys) {
  std::vector<Shortcut> shortcuts;
  for (const SnippetKey& key : keys.dictation) {
    const bool is_default = key.name.empty();
    shortcuts.push_back({is_default ? "" : "profile-" + key.name,
                         is_default ? "Dictate" : "Dictate with " + key.name, with_profile("toggle", key),
                         key.chord});
  }
  for (const SnippetKey& key : keys.others)
    shortcuts.push_back({key.name, "Dictate: " + key.name, key.name, key.chord});
  return shortcuts;
}

// `set` is the command that sets a value of it.
std::string binding_in_gnome(const std::string& set, const Shortcut& key, const std::string& program) {
  return set + " name '" + key.name + "'\n" + set + " command '" + program + " " + key.command + "'\n" + set +
         " binding '" + modifiers_of(key.chord, kGtkNames) + key_of(key.chord) + "'\n";
}

HotkeySnippet for_gnome(const std::vector<Shortcut>& keys, const std::string& program,
                        std::vector<std::string> shortcuts) {
  const std::string base = "org.gnome.settings-daemon.plugins.media-keys";
  const std::string folder = "/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/diktate";
  const std::string set = "gsettings set " + base + ".custom-keybinding:";
  std::string lines;
  for (const Shortcut& key : keys) {
    const std::string ours = folder + (key.id.empty() ? "/" : "-" + key.id + "/");
    if (std::find(shortcuts.begin(), shortcuts.end(), ours) == shortcuts.end()) shortcuts.push_back(ours);
    lines += binding_in_gnome(set + ours, key, program);
  }
  std::string list;
  for (const std::string& shortcut : shortcuts) list += (list.empty() ? "'" : ", '") + shortcut + "'";
  return {"in a terminal", "gsettings set " + base + " custom-keybindings \"[" + list + "]\"\n" + lines};
}

HotkeySnippet for_config(const SnippetKeys& keys) {
  const auto line = [](const std::string& name, const Chord& chord) {
    return name + " = \"" + to_string(chord) + "\"\n";
  };
  std::string lines = "[hotkeys]\n" + line("dictate", keys.dictation.front().chord);
  for (const SnippetKey& key : keys.others) lines += line(key.name, key.chord);
  if (keys.dictation.size() > 1) lines += "[hotkeys.profiles]\n";
  for (std::size_t i = 1; i < keys.dictation.size(); ++i)
    lines += line(keys.dictation[i].name, keys.dictation[i].chord);
  return {"in config.toml, which the daemon reads", std::move(lines), true};
}

// By hand, in a dialog.
std::string by_hand(const std::vector<Shortcut>& keys, const std::string& program,
                    const std::function<std::string(const Chord&)>& written) {
  std::string lines;
  for (const Shortcut& key : keys)
    lines += "command   " + program + " " + key.command + "\nshortcut  " + written(key.chord) + "\n";
  return lines;
}

}  // namespace

HotkeySnippet snippet_for(const std::string& desktop, const SnippetKeys& keys, const std::string& program,
                          const std::vector<std::string>& custom_shortcuts) {
  if (desktop == "sway") return for_sway("~/.config/sway/config", "--no-repeat ", keys, program);
  if (desktop == "i3") return for_sway("~/.config/i3/config", "", keys, program);
  if (desktop == "hyprland") return for_hyprland(keys, program);
  if (desktop == "x11") return for_config(keys);
  const std::vector<Shortcut> shortcuts = shortcuts_of(keys);
  if (desktop == "gnome") return for_gnome(shortcuts, program, custom_shortcuts);
  const auto in_kde = [](const Chord& keys_there) {
    return modifiers_of(keys_there, kKdeNames) + keys_there.key;
  };
  if (desktop == "kde")
    return {"in System Settings, Shortcuts, Add New, Command or Script", by_hand(shortcuts, program, in_kde)};
  const auto as_here = [](const Chord& keys_there) { return to_string(keys_there); };
  return {"where your desktop binds keys to commands", by_hand(shortcuts, program, as_here)};
}

}  // namespace diktate
