#include "desktop/x11/keyboard_grab.h"

#include <algorithm>
#include <vector>

#include <xcb/xcb.h>

namespace diktate {
namespace {

// Pixels of the screen, the right and lower edge not among them.
struct Area {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;

  bool covers(const Area& other) const {
    return left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom;
  }
};

std::optional<Area> area_of(xcb_connection_t* raw, xcb_get_geometry_cookie_t asked) {
  const auto at = owned(xcb_get_geometry_reply(raw, asked, nullptr));
  if (!at) return std::nullopt;
  const int borders = 2 * at->border_width;
  return Area{at->x, at->y, at->x + at->width + borders, at->y + at->height + borders};
}

// What of it is on the screen.
Area clipped(const Area& area, const Area& screen) {
  return {std::max(area.left, screen.left), std::max(area.top, screen.top),
          std::min(area.right, screen.right), std::min(area.bottom, screen.bottom)};
}

// The frame that the window manager put around it, or itself. 0: it is gone.
XId frame_of(X11Connection& connection, XId window) {
  xcb_connection_t* raw = connection.get();
  while (true) {
    const auto tree = owned(xcb_query_tree_reply(raw, xcb_query_tree(raw, window), nullptr));
    if (!tree) return 0;
    if (tree->parent == connection.root() || tree->parent == 0) return window;
    window = tree->parent;
  }
}

// All that is above it, the lowest first.
std::vector<XId> windows_above(X11Connection& connection, XId frame) {
  xcb_connection_t* raw = connection.get();
  const auto tree = owned(xcb_query_tree_reply(raw, xcb_query_tree(raw, connection.root()), nullptr));
  if (!tree) return {};
  const xcb_window_t* const first = xcb_query_tree_children(tree.get());
  const xcb_window_t* const end = first + xcb_query_tree_children_length(tree.get());
  const xcb_window_t* const itself = std::find(first, end, frame);
  return itself == end ? std::vector<XId>{} : std::vector<XId>(itself + 1, end);
}

bool is_covered(X11Connection& connection, XId window) {
  xcb_connection_t* raw = connection.get();
  const XId frame = frame_of(connection, window);
  const auto screen = area_of(raw, xcb_get_geometry(raw, connection.root()));
  const auto own = area_of(raw, xcb_get_geometry(raw, frame));
  if (!screen || !own) return false;
  struct Asked {
    xcb_get_window_attributes_cookie_t attributes;
    xcb_get_geometry_cookie_t geometry;
  };
  std::vector<Asked> asked;
  for (const XId above : windows_above(connection, frame))
    asked.push_back({xcb_get_window_attributes(raw, above), xcb_get_geometry(raw, above)});
  bool covered = false;
  for (const Asked& one : asked) {
    const auto attributes = owned(xcb_get_window_attributes_reply(raw, one.attributes, nullptr));
    const auto area = area_of(raw, one.geometry);
    const bool is_shown = attributes && attributes->map_state == XCB_MAP_STATE_VIEWABLE;
    covered = covered || (is_shown && area && area->covers(clipped(*own, *screen)));
  }
  return covered;
}

}  // namespace

bool is_locked_away(X11Connection& connection, XId window) {
  if (!connection.alive() || !is_covered(connection, window)) return false;
  xcb_connection_t* raw = connection.get();
  const auto tried = xcb_grab_keyboard(raw, 1, connection.root(), XCB_CURRENT_TIME, XCB_GRAB_MODE_ASYNC,
                                       XCB_GRAB_MODE_ASYNC);
  xcb_ungrab_keyboard(raw, XCB_CURRENT_TIME);
  const auto answer = owned(xcb_grab_keyboard_reply(raw, tried, nullptr));
  return answer &&
         (answer->status == XCB_GRAB_STATUS_ALREADY_GRABBED || answer->status == XCB_GRAB_STATUS_FROZEN);
}

}  // namespace diktate
