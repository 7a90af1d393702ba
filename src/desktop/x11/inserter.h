// Puts text into the windows of an X server: by the clipboard and the keys that paste, or by typing.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/ports.h"
#include "desktop/paste_kind.h"

namespace diktate {

struct X11InserterOptions {
  std::string display = {};               // empty: what DISPLAY says
  std::vector<PasteRow> programs = {};    // how windows paste, before our own table
  std::vector<std::string> methods = {};  // only these ("paste Ctrl+V", ..., "type", "clipboard"); empty: all
  bool follow_focus = false;              // into the window that has the focus then, not that of key down
  std::string holder = {};                // the program that gives back the clipboard; empty: none
  std::size_t longest_typed = 200;        // bytes: longer texts are never typed
};

// Waits for the server. Fails (`unavailable`) where there is none, or where it cannot press keys. When the
// server ends, insert() fails, and remember() tries to reach it anew.
Result<std::unique_ptr<TextInserter>> make_x11_inserter(X11InserterOptions options);

}  // namespace diktate
