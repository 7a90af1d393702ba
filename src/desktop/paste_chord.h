// The keys that make a window paste the clipboard.
#pragma once

#include <optional>
#include <string>

#include "desktop/chord.h"
#include "desktop/paste_kind.h"

namespace diktate {

// Nothing: it does not paste the clipboard.
inline std::optional<Chord> paste_chord_for(PasteKind kind) {
  switch (kind) {
    case PasteKind::ordinary:
      return Chord{.ctrl = true, .key = "V"};
    case PasteKind::shift_insert:
      return Chord{.shift = true, .key = "Insert"};
    case PasteKind::terminal:
      return Chord{.ctrl = true, .shift = true, .key = "V"};
    default:
      return std::nullopt;
  }
}

inline std::string paste_method_of(const Chord& chord) { return "paste " + to_string(chord); }

}  // namespace diktate
