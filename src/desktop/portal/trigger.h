// Chords as the desktop portal writes them. Source: Shortcuts Specification 0.1 of freedesktop.org.
#pragma once

#include <string>

#include "base/result.h"
#include "desktop/chord.h"

namespace diktate {

// "CTRL+SHIFT+ALT+LOGO+d", with the modifiers that are there. Fails (`invalid`) for a key that no keyboard
// has.
Result<std::string> portal_trigger(const Chord& chord);

// The number of a key's symbol in libxkbcommon ("V", "Insert"), without regard to case; 0: there is none.
int keysym_number(const std::string& name);

}  // namespace diktate
