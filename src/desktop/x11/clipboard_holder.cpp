#include "desktop/clipboard_holder.h"

#include <memory>

#include <unistd.h>
#include <xcb/xcb.h>

#include "base/clock.h"
#include "desktop/kept_content.h"
#include "desktop/x11/content.h"
#include "desktop/x11/selection_server.h"

namespace diktate {
namespace {

constexpr auto kOwnerLook = std::chrono::milliseconds(10);

XId owner_of(X11Connection& connection, XId selection) {
  const auto owner = owned(xcb_get_selection_owner_reply(
      connection.get(), xcb_get_selection_owner(connection.get(), selection), nullptr));
  return owner ? owner->owner : XCB_NONE;
}

// An end of the program and the server's notice of it are two things. Another owner is none that will go: a
// text that comes after it is not for us to replace.
bool await_no_owner(X11Connection& connection, XId selection, XId window) {
  const SteadyClock clock;
  const Instant until = clock.now() + kHandover;
  XId owner = owner_of(connection, selection);
  while (connection.alive() && owner == window && owner != XCB_NONE && clock.now() < until) {
    clock.sleep_until(clock.now() + kOwnerLook, {});
    owner = owner_of(connection, selection);
  }
  return connection.alive() && owner == XCB_NONE;
}

// When the window's property changes. 0: the server is gone.
XId server_time(X11Connection& connection, XId window) {
  connection.set_property(window, connection.atom("DIKTATE_TIME"), {XCB_ATOM_INTEGER, 32, {}});
  connection.flush();
  while (auto event = owned(xcb_wait_for_event(connection.get()))) {
    const void* data = event.get();
    if ((event->response_type & 0x7F) == XCB_PROPERTY_NOTIFY)
      return static_cast<const xcb_property_notify_event_t*>(data)->time;
  }
  return 0;
}

int serve(X11Connection& connection, XId window, XId since, const SharedContent& content) {
  SelectionServer server(connection, [](XId, bool) {});
  while (auto event = owned(xcb_wait_for_event(connection.get()))) {
    server.on_time(SteadyClock().now());
    const int kind = event->response_type & 0x7F;
    const void* data = event.get();
    if (kind == XCB_SELECTION_CLEAR) return 0;
    if (kind == XCB_SELECTION_REQUEST) {
      const auto& asked = *static_cast<const xcb_selection_request_event_t*>(data);
      server.serve({asked.time, asked.requestor, asked.selection, asked.target, asked.property}, content,
                   since, false);
    } else if (kind == XCB_PROPERTY_NOTIFY) {
      const auto& notice = *static_cast<const xcb_property_notify_event_t*>(data);
      if (notice.state == XCB_PROPERTY_DELETE && notice.window != window)
        server.on_deleted(notice.window, notice.atom);
    }
  }
  return 1;  // the server is gone
}

}  // namespace

int run_x11_clipboard_holder(const std::string& display, std::uint32_t window, int input) {
  const auto content = std::make_shared<const SelectionContent>(content_of(read_last_content(input)));
  if (content->order.empty()) return 0;
  const auto connection = X11Connection::open(display);
  if (!connection) return 1;
  const XId clipboard = (*connection)->atom("CLIPBOARD");
  if (!await_no_owner(**connection, clipboard, window)) return 0;
  const XId own_window = (*connection)->make_hidden_window();
  const XId since = server_time(**connection, own_window);
  xcb_set_selection_owner((*connection)->get(), own_window, clipboard, since);
  if (owner_of(**connection, clipboard) != own_window) return 0;
  close(input);  // whoever waits for that need not any more
  return serve(**connection, own_window, since, content);
}

}  // namespace diktate
