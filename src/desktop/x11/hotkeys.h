// Keys that work in every window of an X server, by grabbing them: press and release.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "core/ports.h"
#include "desktop/chord.h"

namespace diktate {

struct HotkeyBinding {
  std::string action;  // "dictate"
  Chord chord;
};

struct X11HotkeyOptions {
  std::string display = {};  // empty: what DISPLAY says
  std::vector<HotkeyBinding> bindings = {};
  Chord cancel = {.key = "Escape"};  // grabbed only while listen_for_cancel(true); its action is "cancel"
};

// Waits for the server. Fails (`unavailable`) where there is none; (`taken`) where another program holds one
// of the keys: the message names the key, X does not tell the program; (`invalid`) for a key that there is
// not, before the server is asked, or that its keyboard does not have. A binding ends with the first of its
// keys that rises. `clock` is borrowed for as long as the keys live.
Result<std::unique_ptr<Hotkeys>> make_x11_hotkeys(X11HotkeyOptions options, const Clock& clock);

}  // namespace diktate
