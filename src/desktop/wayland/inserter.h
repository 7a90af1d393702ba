// Puts text into the windows of a Wayland compositor: by the clipboard and the keys that paste, or by typing.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/ports.h"
#include "desktop/paste_kind.h"

namespace diktate {

struct WaylandInserterOptions {
  std::string display = {};               // empty: what WAYLAND_DISPLAY says
  std::vector<PasteRow> programs = {};    // how windows paste, before our own table
  std::vector<std::string> methods = {};  // only these of wayland_methods(); empty: all
  bool lines_to_terminals = false;        // a terminal takes a line end for Enter
  bool enter_to_terminals = false;        // "Enter" among the keys
  bool follow_focus = false;              // insert although another window has the focus than at key down
  // Where the permission of the desktop portal to press keys is kept; empty: it is not asked for one.
  std::filesystem::path portal_token = {};
  std::size_t longest_typed = 200;                // bytes: longer texts are never typed
  std::string holder = {};                        // the program that gives back the clipboard; empty: none
  std::vector<std::string> ignored_globals = {};  // interfaces of the compositor that are not used
};

// In order: "paste Ctrl+V", ..., "type", "clipboard".
std::vector<std::string> wayland_methods();

// Whether the keys that paste can be pressed there; fails with why not. Waits for the compositor.
Result<void> check_wayland_paste(const std::string& display);

// What is found in the registry of the compositor decides, and never its name: with data control (ext or wlr)
// and a virtual keyboard the text is pasted into the window that has the focus, if wlr foreign toplevel
// management tells which; what cannot be pasted is typed, if it is short. Without a virtual keyboard the
// desktop portal is asked to press the keys, which may ask the user meanwhile; where no window is told of
// then, the text goes to the one that has the focus. Otherwise it is left on the clipboard. Waits for the
// compositor. Fails
// (`unavailable`) where there is none, or no data control. When the compositor ends, insert() fails, and
// remember() tries to reach it anew.
Result<std::unique_ptr<TextInserter>> make_wayland_inserter(WaylandInserterOptions options);

}  // namespace diktate
