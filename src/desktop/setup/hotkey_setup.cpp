#include "desktop/setup/hotkey_setup.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "desktop/setup/hotkey_snippets.h"

namespace diktate {
namespace {

// Of each the first that nothing has is proposed.
constexpr std::string_view kForDictate[] = {"Super+Alt+D", "Super+Ctrl+D", "Super+Shift+D", "Ctrl+Alt+D",
                                            "Super+F9"};
constexpr std::string_view kForLast[] = {"Super+Alt+V", "Super+Ctrl+V", "Super+Shift+V", "Ctrl+Alt+V",
                                         "Super+F10"};
constexpr std::string_view kForCancel[] = {"Super+Alt+Escape", "Super+Ctrl+Escape", "Super+Shift+Escape",
                                           "Super+F11"};

const KeyBinding* holder_of(const Chord& chord, const PresentBindings& present) {
  const auto found = std::find_if(present.bindings.begin(), present.bindings.end(),
                                  [&](const KeyBinding& bound) { return same_keys(bound.chord, chord); });
  return found == present.bindings.end() ? nullptr : &*found;
}

// As a line of this desktop's configuration would have it, our own lines are in nobody's way.
bool is_ours(const KeyBinding& bound) {
  return bound.what.find("diktate") != std::string::npos || bound.what.find("Dictate") != std::string::npos;
}

// `other` is for another action already; null: there is none yet. Fails for keys that are none.
Result<ProposedKey> propose(std::span<const std::string_view> candidates, const PresentBindings& present,
                            const Chord* other) {
  ProposedKey proposed;
  for (const std::string_view keys : candidates) {
    const auto chord = parse_chord(keys);
    if (!chord) return tl::unexpected(chord.error());
    if (other != nullptr && same_keys(*chord, *other)) continue;
    proposed.keys = keys;
    const KeyBinding* holder = holder_of(*chord, present);
    proposed.is_free = holder == nullptr || is_ours(*holder);
    if (proposed.is_free) break;
    proposed.conflicts.push_back({proposed.keys, holder->what});
  }
  return proposed;
}

bool has_lines_of_keys(std::string_view desktop) {
  return desktop == "sway" || desktop == "i3" || desktop == "hyprland";
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
  const std::string_view wanted[] = {options.keys};
  auto dictate =
      options.keys.empty() ? propose(kForDictate, present, nullptr) : propose(wanted, present, nullptr);
  if (!dictate) return tl::unexpected(dictate.error());
  HotkeySetup setup;
  setup.dictate = std::move(*dictate);
  const Chord chord = *parse_chord(setup.dictate.keys);
  setup.last = *propose(kForLast, present, &chord);
  std::vector<SnippetKey> others{{"last", *parse_chord(setup.last.keys)}};
  if (has_lines_of_keys(options.desktop)) {
    setup.cancel = *propose(kForCancel, present, &chord);
    others.push_back({"cancel", *parse_chord(setup.cancel->keys)});
  }
  HotkeySnippet snippet =
      snippet_for(options.desktop, chord, others, options.program, present.custom_shortcuts);
  setup.place = std::move(snippet.place);
  setup.snippet = std::move(snippet.lines);
  setup.push_to_talk = snippet.push_to_talk;
  return setup;
}

}  // namespace diktate
