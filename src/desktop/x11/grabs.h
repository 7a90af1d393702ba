// Keys grabbed from an X server, whatever locks are on. Inside this folder only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "desktop/chord.h"
#include "desktop/x11/keyboard.h"

namespace diktate {

// A chord as the server knows it.
struct GrabbedKey {
  std::uint8_t keycode = 0;
  std::uint32_t modifiers = 0;
};

// Fails (`invalid`) if no keyboard has a key of that name.
Result<KeySym> keysym_of(const Chord& chord);

// Fails (`invalid`) if there is no such key, or the keyboard lacks the key or one of the modifiers.
Result<GrabbedKey> key_of(const Chord& chord, const X11Keyboard& keyboard);

// Waits for the server. Fails (`taken`) if another program has the key: then it is not grabbed at all.
Result<void> grab(X11Connection& connection, const GrabbedKey& key, std::uint32_t locks,
                  const std::string& name);
void ungrab(X11Connection& connection, const GrabbedKey& key, std::uint32_t locks);

}  // namespace diktate
