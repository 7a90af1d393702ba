// The keymap of our virtual keyboard. Inside this folder only.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

// NOLINTNEXTLINE(readability-identifier-naming): libxkbcommon's own name
struct xkb_keymap;

namespace diktate {

// Thread-compatible.
class Keymap {
 public:
  // The keyboard of the United States: it has every key that makes a program paste, whatever the user's
  // layout is. Fails (`unavailable`) where libxkbcommon does not find its files.
  static Result<Keymap> american();

  // One that has a key for each of these characters, without modifiers, and no other. Fails (`unavailable`)
  // if one of them cannot be typed, or they are too many for the keys of a keyboard.
  static Result<Keymap> of(const std::vector<char32_t>& characters);

  // As the protocol sends it, without the zero at its end.
  std::string text() const;

  // The key that gives it without modifiers, as the kernel numbers keys; nothing: there is none. "v",
  // "Return".
  std::optional<std::uint32_t> key(const std::string& keysym) const;
  std::optional<std::uint32_t> key(char32_t character) const;

  // The bit of a modifier: "Control", "Shift".
  std::uint32_t modifier(const char* name) const;

 private:
  std::optional<std::uint32_t> key_of(std::uint32_t keysym) const;
  explicit Keymap(std::shared_ptr<xkb_keymap> keymap) : keymap_(std::move(keymap)) {}

  std::shared_ptr<xkb_keymap> keymap_;  // copies of it share it
};

}  // namespace diktate
