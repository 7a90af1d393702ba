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
constexpr std::string_view kForSwap[] = {"Super+Alt+S", "Super+Ctrl+S", "Super+Shift+S", "Ctrl+Alt+S",
                                         "Super+F12"};
constexpr std::string_view kBeforeALetter[] = {"Super+Alt+", "Super+Ctrl+", "Super+Shift+", "Ctrl+Alt+"};
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

// One key after the other, each another one than those before it.
class Proposals {
 public:
  explicit Proposals(const PresentBindings& present) : present_(present) {}

  // Empty `keys`: all candidates are for other actions already. Fails for keys that are none.
  Result<ProposedKey> next(std::span<const std::string_view> candidates) {
    ProposedKey proposed;
    for (const std::string_view keys : candidates) {
      const auto chord = parse_chord(keys);
      if (!chord) return tl::unexpected(chord.error());
      if (auto known = check_key_name(*chord); !known) return tl::unexpected(known.error());
      if (is_given(*chord)) continue;
      proposed.keys = keys;
      const KeyBinding* holder = holder_of(*chord, present_);
      proposed.is_free = holder == nullptr || is_ours(*holder);
      if (proposed.is_free) break;
      proposed.conflicts.push_back({proposed.keys, holder->what});
    }
    if (!proposed.keys.empty()) given_.push_back(*parse_chord(proposed.keys));
    return proposed;
  }

 private:
  bool is_given(const Chord& chord) const {
    return std::any_of(given_.begin(), given_.end(),
                       [&](const Chord& other) { return same_keys(chord, other); });
  }

  const PresentBindings& present_;
  std::vector<Chord> given_;
};

bool is_plain(std::string_view name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), plain);
}

std::vector<ProfileKey> propose_for(const std::vector<KeyedProfile>& profiles, Proposals& proposals) {
  std::vector<ProfileKey> proposed;
  for (const KeyedProfile& profile : profiles) {
    std::vector<std::string> candidates;
    for (const std::string_view before : kBeforeALetter)
      candidates.push_back(std::string(before) + profile.letter);
    auto key = proposals.next(std::vector<std::string_view>(candidates.begin(), candidates.end()));
    if (is_plain(profile.name) && key && !key->keys.empty())
      proposed.push_back({profile.name, std::move(*key)});
  }
  return proposed;
}

bool has_lines_of_keys(std::string_view desktop) {
  return desktop == "sway" || desktop == "i3" || desktop == "hyprland";
}

SnippetKeys snippet_keys(const HotkeySetup& setup) {
  SnippetKeys keys;
  keys.dictation.push_back({"", *parse_chord(setup.dictate.keys)});
  for (const ProfileKey& profile : setup.profiles)
    keys.dictation.push_back({profile.name, *parse_chord(profile.key.keys)});
  keys.others.push_back({"last", *parse_chord(setup.last.keys)});
  keys.others.push_back({"swap", *parse_chord(setup.swap.keys)});
  if (setup.cancel) keys.others.push_back({"cancel", *parse_chord(setup.cancel->keys)});
  return keys;
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
  Proposals proposals(present);
  const std::string_view wanted[] = {options.keys};
  auto dictate = options.keys.empty() ? proposals.next(kForDictate) : proposals.next(wanted);
  if (!dictate) return tl::unexpected(dictate.error());
  HotkeySetup setup;
  setup.dictate = std::move(*dictate);
  setup.last = *proposals.next(kForLast);
  setup.swap = *proposals.next(kForSwap);
  setup.profiles = propose_for(options.profiles, proposals);
  if (has_lines_of_keys(options.desktop)) setup.cancel = *proposals.next(kForCancel);
  HotkeySnippet snippet =
      snippet_for(options.desktop, snippet_keys(setup), options.program, present.custom_shortcuts);
  setup.place = std::move(snippet.place);
  setup.snippet = std::move(snippet.lines);
  setup.push_to_talk = snippet.push_to_talk;
  return setup;
}

}  // namespace diktate
