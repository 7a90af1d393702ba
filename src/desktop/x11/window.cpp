#include "desktop/x11/window.h"

#include <algorithm>

#include <unistd.h>
#include <xcb/xcb.h>

namespace diktate {
namespace {

// The focus may be on a part of a window. Its program's window is the first above it with a class.
XId top_of(X11Connection& connection, XId window) {
  xcb_connection_t* raw = connection.get();
  while (window != 0 && window != connection.root()) {
    if (connection.property(window, XCB_ATOM_WM_CLASS)) return window;
    const auto tree = owned(xcb_query_tree_reply(raw, xcb_query_tree(raw, window), nullptr));
    if (!tree) return 0;
    window = tree->parent;
  }
  return 0;
}

std::string this_machine() {
  char name[256] = {};
  return gethostname(name, sizeof name - 1) == 0 ? name : "";
}

int pid_of(X11Connection& connection, XId window) {
  const auto pid = connection.property(window, connection.atom("_NET_WM_PID"));
  if (!pid || pid->ids().empty()) return 0;
  const auto machine = connection.property(window, XCB_ATOM_WM_CLIENT_MACHINE);
  return !machine || machine->bytes == this_machine() ? static_cast<int>(pid->ids().front()) : 0;
}

}  // namespace

FocusedWindow focused_window(X11Connection& connection) {
  xcb_connection_t* raw = connection.get();
  const auto focus = owned(xcb_get_input_focus_reply(raw, xcb_get_input_focus(raw), nullptr));
  FocusedWindow found;
  if (!focus || focus->focus == XCB_INPUT_FOCUS_NONE || focus->focus == XCB_INPUT_FOCUS_POINTER_ROOT)
    return found;
  found.window = top_of(connection, focus->focus);
  if (found.window == 0) return found;
  if (const auto words = connection.property(found.window, XCB_ATOM_WM_CLASS)) {
    const std::size_t end = words->bytes.find('\0');
    found.instance = words->bytes.substr(0, end);
    if (end != std::string::npos) found.name = words->bytes.substr(end + 1);
    found.name.erase(std::find(found.name.begin(), found.name.end(), '\0'), found.name.end());
  }
  found.pid = pid_of(connection, found.window);
  if (const auto protocols = connection.property(found.window, connection.atom("WM_PROTOCOLS"))) {
    const auto ids = protocols->ids();
    found.pings = std::find(ids.begin(), ids.end(), connection.atom("_NET_WM_PING")) != ids.end();
  }
  return found;
}

}  // namespace diktate
