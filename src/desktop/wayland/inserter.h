// Puts text into the windows of a Wayland compositor: by the clipboard and the keys that paste, or by typing.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/ports.h"
#include "desktop/paste_insertion.h"

namespace diktate {

struct WaylandInserterOptions {
  std::string display = {};    // empty: what WAYLAND_DISPLAY says
  std::string x_display = {};  // of its windows of X; empty: what DISPLAY says
  PasteOptions paste = {};
  // Where the permission of the desktop portal to press keys is kept; empty: it is not asked for one.
  std::filesystem::path portal_token = {};
  std::string holder = {};                        // the program that gives back the clipboard; empty: none
  std::vector<std::string> ignored_globals = {};  // interfaces of the compositor that are not used
};

// Whether there is a compositor that answers. Waits for it, 2 s at most.
bool has_wayland(const std::string& display);

// Whether the keys that paste can be pressed there, by a virtual keyboard or by the portal, which is not
// asked for a permission: true, if by the keyboard. Fails with why not. Waits for the compositor, and the
// portal (2 s).
Result<bool> check_wayland_paste(const std::string& display);

// The app id of the window that has the focus; empty: none has it, or that is not told. Waits for the
// compositor, and leaves the clipboard alone.
std::string focused_app(const std::string& display);

// What is found in the registry of the compositor decides, and never its name: with data control (ext or wlr)
// and a virtual keyboard the text is pasted into the window that has the focus, if wlr foreign toplevel
// management tells which; what cannot be pasted is typed, if it is short. Without a virtual keyboard the
// desktop portal is asked to press the keys, which may ask the user meanwhile; where no window is told of
// then, the text goes to the one that has the focus. Otherwise it is left on the clipboard. Waits for the
// compositor. Fails (`unavailable`) where there is none, or no data control. When the compositor ends,
// insert() fails, and remember() and reconnect() try to reach it anew. A window of X that has the focus is
// served by the methods of X.
Result<std::unique_ptr<TextInserter>> make_wayland_inserter(WaylandInserterOptions options);

}  // namespace diktate
