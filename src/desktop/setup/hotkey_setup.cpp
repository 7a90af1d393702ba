#include "desktop/setup/hotkey_setup.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "desktop/setup/hotkey_snippets.h"

namespace diktate {
namespace {

// The first that nothing has is proposed.
constexpr const char* kProposed[] = {"Super+Alt+D", "Super+Ctrl+D", "Super+Shift+D", "Ctrl+Alt+D",
                                     "Super+F9"};

const KeyBinding* holder_of(const Chord& chord, const PresentBindings& present) {
  const auto found = std::find_if(present.bindings.begin(), present.bindings.end(),
                                  [&](const KeyBinding& bound) { return same_keys(bound.chord, chord); });
  return found == present.bindings.end() ? nullptr : &*found;
}

// As a line of this desktop's configuration would have it, our own lines are in nobody's way.
bool is_ours(const KeyBinding& bound) {
  return bound.what.find("diktate") != std::string::npos || bound.what.find("Dictate") != std::string::npos;
}

bool has(const char* names, std::string_view name) {
  return names != nullptr && std::string_view(names).find(name) != std::string_view::npos;
}

}  // namespace

std::vector<std::string> desktop_names() {
  return {"gnome", "kde", "sway", "hyprland", "i3", "x11", "wayland"};
}

std::string desktop_of(const Environment& environment) {
  const char* current = environment("XDG_CURRENT_DESKTOP");
  if (environment("SWAYSOCK") != nullptr || has(current, "sway")) return "sway";
  if (environment("HYPRLAND_INSTANCE_SIGNATURE") != nullptr || has(current, "Hyprland")) return "hyprland";
  if (environment("I3SOCK") != nullptr || has(current, "i3")) return "i3";
  if (has(current, "GNOME") || has(current, "Unity")) return "gnome";
  if (has(current, "KDE")) return "kde";
  if (environment("WAYLAND_DISPLAY") != nullptr) return "wayland";
  return environment("DISPLAY") != nullptr ? "x11" : "";
}

Result<HotkeySetup> set_up_hotkeys(const HotkeySetupOptions& options, const PresentBindings& present) {
  std::vector<std::string> candidates(std::begin(kProposed), std::end(kProposed));
  if (!options.keys.empty()) candidates = {options.keys};
  HotkeySetup setup;
  Chord chosen;
  for (const std::string& keys : candidates) {
    auto chord = parse_chord(keys);
    if (!chord) return tl::unexpected(chord.error());
    chosen = std::move(*chord);
    setup.keys = keys;
    const KeyBinding* holder = holder_of(chosen, present);
    setup.is_free = holder == nullptr || is_ours(*holder);
    if (setup.is_free) break;
    setup.conflicts.push_back({keys, holder->what});
  }
  HotkeySnippet snippet = snippet_for(options.desktop, chosen, options.program, present.custom_shortcuts);
  setup.place = std::move(snippet.place);
  setup.snippet = std::move(snippet.lines);
  setup.push_to_talk = snippet.push_to_talk;
  return setup;
}

}  // namespace diktate
