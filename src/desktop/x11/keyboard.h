// The keyboard of an X server: which key gives what, what is held down. Inside this folder only.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "desktop/x11/selections.h"

// NOLINTNEXTLINE(readability-identifier-naming): libxkbcommon's own name
struct xkb_keymap;

namespace diktate {

using KeySym = std::uint32_t;

KeySym keysym_of(
    const std::string& name);  // "v", "Insert", "F9", without regard to case; 0: there is none such
KeySym keysym_of(char32_t character);

struct KeyboardState {
  std::uint32_t held = 0;    // modifiers whose keys are down
  std::uint32_t locked = 0;  // CapsLock, NumLock and the like
  std::uint32_t latched = 0;
  std::uint32_t group = 0;  // the layout that is active, from 0
};

// How a character is typed.
struct TypedKey {
  std::uint8_t keycode = 0;
  bool shift = false;
};

// As it was when it was read. One thread uses it.
class X11Keyboard {
 public:
  // Waits for the server.
  static Result<std::unique_ptr<X11Keyboard>> read(X11Connection& connection);
  // What is held and locked now; waits for the server. After a read() on that connection.
  static Result<KeyboardState> state(X11Connection& connection);

  // Asks the server to tell a held key, which is released once, from one that is pressed again and again.
  // Waits for it. False: it cannot.
  static bool tell_repeats(X11Connection& connection);

  // Whether the layout was changed since the last call, or read(). Takes all events of the connection.
  static bool has_changed(X11Connection& connection);
  // Whether such an event, an xcb_generic_event_t, says that.
  static bool is_change(X11Connection& connection, const void* event);

  // The key that gives this in that group without a modifier; else one that does in another group, as
  // programs look there for their shortcuts.
  std::optional<std::uint8_t> key_for(KeySym keysym, std::uint32_t group) const;

  // What is typed with and without Shift, in that state.
  std::map<char32_t, TypedKey> characters(const KeyboardState& state) const;

  // What that key types; 0: nothing.
  char32_t character_of(std::uint8_t keycode, bool shift, const KeyboardState& state) const;

  // Keys that give nothing.
  std::vector<std::uint8_t> free_keys() const;

  // The bits of the modifier that this key is ("Super_L"); 0: none.
  std::uint32_t modifier_of(const std::string& key_name) const;

  // Whether the key is one of those modifiers.
  bool is_modifier(std::uint8_t keycode, std::uint32_t bits) const;

  // Those that stay down while a person writes: locks, and what only chooses a group.
  std::uint32_t locks() const;

 private:
  struct Unref {
    void operator()(xkb_keymap* keymap) const;
  };
  explicit X11Keyboard(std::unique_ptr<xkb_keymap, Unref> keymap) : keymap_(std::move(keymap)) {}

  std::unique_ptr<xkb_keymap, Unref> keymap_;
  std::vector<std::vector<std::uint8_t>> modifiers_;  // the keys of each of the eight
};

}  // namespace diktate
