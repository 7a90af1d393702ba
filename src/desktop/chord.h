// A key with its modifiers, as people write it: "Super+Alt+D".
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace diktate {

struct Chord {
  bool ctrl = false;
  bool shift = false;
  bool alt = false;
  bool super = false;
  std::string key;  // its name ("D", "F9", "space"), as it was written

  bool operator==(const Chord&) const = default;
};

// Modifiers in any order and case, a key at the end. Fails (`invalid`) with what is wrong with it; whether
// there is a key of that name is not looked at.
Result<Chord> parse_chord(std::string_view text);

// Whether any keyboard may have a key of that name: `invalid` says that none has.
Result<void> check_key_name(const Chord& chord);

// Whether the key, pressed so, is one with which text is typed.
bool types_text(const Chord& chord);

// But for the case of letters.
bool same_key_name(std::string_view one, std::string_view other);

// "Super+Ctrl+Alt+Shift+D", with those that are there: as in the settings and the documentation.
std::string to_string(const Chord& chord);

}  // namespace diktate
