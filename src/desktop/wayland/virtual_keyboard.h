// A keyboard of our own at the user's seat. Inside this folder only.
#pragma once

#include <cstdint>
#include <memory>

#include "base/clock.h"
#include "base/result.h"
#include "desktop/chord.h"
#include "desktop/wayland/connection.h"
#include "desktop/wayland/keymap.h"

// NOLINTNEXTLINE(readability-identifier-naming): the protocol's name
struct zwp_virtual_keyboard_v1;

namespace diktate {

// The thread of the connection uses it.
class VirtualKeyboard {
 public:
  // Fails (`unavailable`) where the compositor has none.
  static Result<std::unique_ptr<VirtualKeyboard>> make(WaylandConnection& connection, Keymap keymap);
  ~VirtualKeyboard();
  VirtualKeyboard(const VirtualKeyboard&) = delete;
  VirtualKeyboard& operator=(const VirtualKeyboard&) = delete;

  // From then on programs know its keys.
  Instant ready_at() const { return ready_at_; }

  // Presses all of it and lets go. Fails (`unavailable`), with nothing pressed, if it has no such key.
  Result<void> press(const Chord& chord);

  // Presses a key of the keymap alone, as the kernel numbers it, and lets go.
  void tap(std::uint32_t key);

 private:
  VirtualKeyboard(zwp_virtual_keyboard_v1* keyboard, Keymap keymap);
  void set_key(std::uint32_t key, bool down);
  void set_modifiers(std::uint32_t modifiers);

  zwp_virtual_keyboard_v1* const keyboard_;
  const Keymap keymap_;
  const Instant ready_at_;
};

}  // namespace diktate
