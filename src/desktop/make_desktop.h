// From the names of the settings to what inserts text and what listens for keys.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "core/ports.h"
#include "desktop/paste_kind.h"

namespace diktate {

struct InserterOptions {
  // One of inserter_names(). "auto": the first that works here; nothing works: why each does not.
  std::string backend = "auto";
  std::vector<std::string> command = {};          // for "command": the program and its arguments
  std::vector<PasteRow> programs = {};            // how windows paste, before our own table
  std::vector<std::string> methods = {};          // of "x11", "wayland", "portal" only these
                                                  // ("paste Ctrl+V", "type"); empty: all
  bool follow_focus = false;                      // insert although the focus moved since key down
  std::string display = {};                       // of X; empty: what DISPLAY says
  std::string wayland_display = {};               // empty: what WAYLAND_DISPLAY says
  std::vector<std::string> ignored_globals = {};  // interfaces of the Wayland compositor that are not used
  // "auto" waits so long for what the portal has; "portal" is taken if that is not known then.
  Nanoseconds portal_limit = std::chrono::seconds(2);
  std::vector<std::string> passed_over = {};  // not for "auto"
  // The program that gives back the clipboard when this one has ended before it could. Empty:
  // diktate-clipboard-holder beside the running program, if it is there.
  std::string holder = {};
};

struct HotkeyOptions {
  // One of hotkey_names(). "auto": the first that works here.
  std::string backend = "auto";
  struct Binding {
    std::string action;                                     // "dictate"
    std::string keys;                                       // "Super+Alt+D"
    std::string description = "Begin and end a dictation";  // where the desktop shows it
  };
  std::vector<Binding> bindings = {};
  std::string cancel = "Escape";  // only listened for during a take; for "evdev" another one, or none
  std::string display = {};
  std::string wayland_display = {};  // empty: what WAYLAND_DISPLAY says
  std::string devices = {};          // for "evdev": the folder of the input devices; empty: the kernel's
  Nanoseconds dialog_limit = std::chrono::minutes(2);  // portal: for the user's answer
};

std::vector<std::string>
inserter_names();  // "auto", "wayland", "portal", "x11", "clipboard", "command", "stdout", "none"
std::vector<std::string> hotkey_names();  // "auto", "portal", "x11", "evdev", "none"

// Wait for the display, milliseconds; "auto" for the portal, as its options say. Fail (`invalid`) for a wrong
// option, (`taken`) for a key that another program holds, (`unavailable`) for what is not there, in a line
// for a person. A display that comes later needs another call.
Result<std::unique_ptr<TextInserter>> make_inserter(const InserterOptions& options);
// `clock` is borrowed for as long as the keys live. "none" never has an event. "portal", which "auto" takes
// on Wayland, is asked meanwhile: state() says what came of it.
Result<std::unique_ptr<Hotkeys>> make_hotkeys(const HotkeyOptions& options, const Clock& clock);

}  // namespace diktate
