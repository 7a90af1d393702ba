#include "desktop/evdev/keys.h"

#include <charconv>
#include <optional>
#include <system_error>

#include <linux/input-event-codes.h>

#include "desktop/chord.h"

namespace diktate {
namespace {

struct Named {
  std::string_view name;
  std::string_view of_x;  // what X calls it; empty: nothing else
  std::uint16_t code;
};

// Not here: whatever makes a character in some layout, the right Alt key (AltGr) among them; what is pressed
// all the time while one types (Shift, Backspace, Escape, arrows); the buttons with which one points; and F1
// to F12, on which programs act, as no key is taken from them.
constexpr Named kKeys[] = {
    {"Pause", "", KEY_PAUSE},
    {"ScrollLock", "Scroll_Lock", KEY_SCROLLLOCK},
    {"RightCtrl", "Control_R", KEY_RIGHTCTRL},
    {"RightMeta", "Super_R", KEY_RIGHTMETA},
    {"Menu", "", KEY_COMPOSE},
    {"Dictate", "", KEY_DICTATE},
    {"VoiceCommand", "XF86VoiceCommand", KEY_VOICECOMMAND},
    {"MicMute", "XF86AudioMicMute", KEY_MICMUTE},
    {"Mute", "XF86AudioMute", KEY_MUTE},
    {"PlayPause", "XF86AudioPlay", KEY_PLAYPAUSE},
    {"NextSong", "XF86AudioNext", KEY_NEXTSONG},
    {"PreviousSong", "XF86AudioPrev", KEY_PREVIOUSSONG},
    {"StopCD", "XF86AudioStop", KEY_STOPCD},
    {"Prog1", "XF86Launch1", KEY_PROG1},
    {"Prog2", "XF86Launch2", KEY_PROG2},
    {"Prog3", "XF86Launch3", KEY_PROG3},
    {"Prog4", "XF86Launch4", KEY_PROG4},
    {"BTN_SIDE", "", BTN_SIDE},
    {"BTN_EXTRA", "", BTN_EXTRA},
    {"BTN_FORWARD", "", BTN_FORWARD},
    {"BTN_BACK", "", BTN_BACK},
    {"BTN_TASK", "", BTN_TASK},
};

struct Numbered {
  std::string_view prefix;
  int first;  // the number that `code` has
  int last;
  std::uint16_t code;
};

constexpr Numbered kNumbered[] = {{"F", 13, 24, KEY_F13}, {"BTN_", 0, 9, BTN_0}};

std::optional<std::uint16_t> numbered(std::string_view name) {
  for (const Numbered& row : kNumbered) {
    if (!same_key_name(name.substr(0, row.prefix.size()), row.prefix)) continue;
    const std::string_view digits = name.substr(row.prefix.size());
    int number = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool whole = error == std::errc() && end == digits.data() + digits.size();
    if (whole && number >= row.first && number <= row.last)
      return static_cast<std::uint16_t>(row.code + number - row.first);
  }
  return {};
}

}  // namespace

Result<std::uint16_t> evdev_key(std::string_view name) {
  for (const Named& key : kKeys) {
    if (same_key_name(name, key.name) || (!key.of_x.empty() && same_key_name(name, key.of_x)))
      return key.code;
  }
  if (const auto code = numbered(name)) return *code;
  return fail(
      ErrorKind::invalid,
      "the key '" + std::string(name) +
          "' is not read with method \"evdev\": to hear a key for typing, or several together, it would "
          "have to read all that you type; one of these, alone: " +
          evdev_key_names());
}

std::string evdev_key_names() {
  std::string names;
  for (const Numbered& row : kNumbered) {
    names.append(row.prefix).append(std::to_string(row.first)).append(" to ");
    names.append(row.prefix).append(std::to_string(row.last)).append(", ");
  }
  for (const Named& key : kKeys) names.append(key.name).append(", ");
  names.resize(names.size() - 2);
  return names;
}

}  // namespace diktate
