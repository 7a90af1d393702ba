#include "desktop/wayland/connection.h"

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>

#include <data_control_protocol.h>
#include <foreign_toplevel_protocol.h>
#include <virtual_keyboard_protocol.h>
#include <wayland-client.h>

#include "desktop/call_queue.h"

namespace diktate {
namespace {

constexpr auto kConnectLimit = std::chrono::seconds(2);

// Both are the same protocol; the registry is asked for the name that it knows.
wl_interface named(const char* name) {
  wl_interface interface = data_control_manager_interface;
  interface.name = name;
  return interface;
}
const wl_interface kExtDataControl = named("ext_data_control_manager_v1");
const wl_interface kWlrDataControl = named("zwlr_data_control_manager_v1");

}  // namespace

Result<std::unique_ptr<WaylandConnection>> WaylandConnection::open(
    const std::string& display, const std::vector<std::string>& ignored_globals) {
  const char* named = std::getenv("WAYLAND_DISPLAY");
  const std::string name = !display.empty() ? display : named != nullptr ? named : "";
  if (name.empty())
    return fail(ErrorKind::unavailable, "there is no Wayland compositor: WAYLAND_DISPLAY is not set");
  wl_log_set_handler_client([](const char*, va_list) {});  // it would write on standard error
  wl_display* connected = wl_display_connect(name.c_str());
  if (connected == nullptr)
    return fail(ErrorKind::unavailable, "the Wayland compositor '" + name + "' cannot be reached");
  std::unique_ptr<WaylandConnection> connection(new WaylandConnection(connected));
  connection->ignored_ = ignored_globals;
  connection->find_globals();
  if (!connection->round_trip(kConnectLimit))
    return fail(ErrorKind::unavailable, "the Wayland compositor '" + name + "' does not answer");
  return connection;
}

WaylandConnection::~WaylandConnection() {
  if (globals_.toplevels != nullptr) zwlr_foreign_toplevel_manager_v1_destroy(globals_.toplevels);
  if (globals_.virtual_keyboards != nullptr)
    zwp_virtual_keyboard_manager_v1_destroy(globals_.virtual_keyboards);
  if (globals_.data_control != nullptr) data_control_manager_destroy(globals_.data_control);
  if (globals_.seat != nullptr) wl_seat_destroy(globals_.seat);
  if (registry_ != nullptr) wl_registry_destroy(registry_);
  wl_display_disconnect(display_);
}

bool WaylandConnection::alive() const { return wl_display_get_error(display_) == 0; }

Error WaylandConnection::gone() {
  return {ErrorKind::unavailable,
          "the Wayland compositor is gone: the text was not inserted; 'diktate last --print' shows it"};
}

void WaylandConnection::find_globals() {
  static constexpr wl_registry_listener kListener = {
      [](void* self, wl_registry*, std::uint32_t number, const char* interface, std::uint32_t) {
        static_cast<WaylandConnection*>(self)->on_global(number, interface);
      },
      [](void*, wl_registry*, std::uint32_t) {}};
  registry_ = wl_display_get_registry(display_);
  wl_registry_add_listener(registry_, &kListener, this);
}

void WaylandConnection::on_global(std::uint32_t number, std::string_view interface) {
  if (std::find(ignored_.begin(), ignored_.end(), interface) != ignored_.end()) return;
  const auto bind = [&](auto*& global, const wl_interface& wanted) {
    if (global != nullptr || interface != wanted.name) return;
    using Global = std::remove_reference_t<decltype(global)>;
    global = static_cast<Global>(wl_registry_bind(registry_, number, &wanted, 1));
  };
  bind(globals_.seat, wl_seat_interface);
  bind(globals_.data_control, kExtDataControl);
  bind(globals_.data_control, kWlrDataControl);
  bind(globals_.virtual_keyboards, zwp_virtual_keyboard_manager_v1_interface);
  bind(globals_.toplevels, zwlr_foreign_toplevel_manager_v1_interface);
}

// False: the compositor does not read for the moment, and there is more.
bool WaylandConnection::send() { return wl_display_flush(display_) >= 0 || errno != EAGAIN; }

void WaylandConnection::wait(std::vector<pollfd> others, std::optional<Instant> until) {
  while (wl_display_prepare_read(display_) != 0) {
    if (wl_display_dispatch_pending(display_) < 0) return;
    until = SteadyClock().now();  // what these events changed is looked at before it is waited for more
  }
  const short awaited = send() ? POLLIN : POLLIN | POLLOUT;
  others.push_back({wl_display_get_fd(display_), awaited, 0});
  const int ready = poll(others.data(), others.size(), poll_timeout(until));
  if (ready > 0 && (others.back().revents & ~POLLOUT) != 0) {
    wl_display_read_events(display_);
  } else {
    wl_display_cancel_read(display_);
  }
  wl_display_dispatch_pending(display_);
}

bool WaylandConnection::round_trip(Nanoseconds limit) {
  static constexpr wl_callback_listener kListener = {
      [](void* done, wl_callback*, std::uint32_t) { *static_cast<bool*>(done) = true; }};
  bool done = false;
  wl_callback* callback = wl_display_sync(display_);
  wl_callback_add_listener(callback, &kListener, &done);
  const Instant until = SteadyClock().now() + limit;
  while (!done && alive() && SteadyClock().now() < until) wait({}, until);
  wl_callback_destroy(callback);
  return done;
}

}  // namespace diktate
