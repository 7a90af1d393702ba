#include "desktop/portal/trigger.h"

#include <array>

#include <xkbcommon/xkbcommon.h>

namespace diktate {

int keysym_number(const std::string& name) {
  return static_cast<int>(xkb_keysym_from_name(name.c_str(), XKB_KEYSYM_CASE_INSENSITIVE));
}

Result<std::string> portal_trigger(const Chord& chord) {
  const int number = keysym_number(chord.key);
  std::array<char, 64> name{};
  if (number == 0 || xkb_keysym_get_name(static_cast<xkb_keysym_t>(number), name.data(), name.size()) <= 0)
    return fail(ErrorKind::invalid, "there is no key '" + chord.key + "' (as in Super+Alt+D)");
  std::string trigger;
  if (chord.ctrl) trigger += "CTRL+";
  if (chord.shift) trigger += "SHIFT+";
  if (chord.alt) trigger += "ALT+";
  if (chord.super) trigger += "LOGO+";
  return trigger + name.data();
}

}  // namespace diktate
