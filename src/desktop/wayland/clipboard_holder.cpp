#include "desktop/clipboard_holder.h"

#include <memory>

#include "base/clock.h"
#include "desktop/kept_content.h"
#include "desktop/wayland/clipboard.h"

namespace diktate {
namespace {

// What is there first may be what the program that has ended offered; what comes after it is not for us to
// replace.
bool becomes_empty(WaylandConnection& connection, const WaylandClipboard& clipboard) {
  const Instant until = SteadyClock().now() + kHandover;
  if (!connection.round_trip(kHandover)) return false;
  const std::uint64_t first = clipboard.selection();
  while (first != 0 && clipboard.selection() == first && connection.alive() && SteadyClock().now() < until)
    connection.wait({}, until);
  return connection.alive() && clipboard.selection() == 0;
}

}  // namespace

int run_wayland_clipboard_holder(const std::string& display, int input) {
  const auto content = std::make_shared<const MimeContent>(mime_content_of(read_last_content(input)));
  if (content->formats.empty()) return 0;
  const auto connection = WaylandConnection::open(display, {});
  if (!connection) return 1;
  const WaylandGlobals& globals = (*connection)->globals();
  if (globals.data_control == nullptr || globals.seat == nullptr) return 1;
  bool lost = false;
  WaylandClipboard clipboard(**connection, {.on_lost = [&] { lost = true; }});
  if (!becomes_empty(**connection, clipboard)) return 0;
  clipboard.offer_former(content);
  while (!lost && (*connection)->alive()) {
    (*connection)->wait(clipboard.descriptors(), clipboard.deadline());
    clipboard.on_wake(SteadyClock().now());
  }
  return lost ? 0 : 1;
}

}  // namespace diktate
