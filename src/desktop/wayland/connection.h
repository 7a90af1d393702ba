// A connection to a Wayland compositor, and what it offers that can be used to insert text. Inside this
// folder only.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <poll.h>

#include "base/clock.h"
#include "base/result.h"

// NOLINTBEGIN(readability-identifier-naming): the names of the protocols
struct data_control_manager;
struct wl_display;
struct wl_registry;
struct wl_seat;
struct zwlr_foreign_toplevel_manager_v1;
struct zwp_virtual_keyboard_manager_v1;
// NOLINTEND(readability-identifier-naming)

namespace diktate {

// What was found in the registry; null: the compositor does not have it, or not for us.
struct WaylandGlobals {
  wl_seat* seat = nullptr;  // the first
  data_control_manager* data_control = nullptr;
  zwp_virtual_keyboard_manager_v1* virtual_keyboards = nullptr;
  zwlr_foreign_toplevel_manager_v1* toplevels = nullptr;
};

// One thread uses it. A compositor that is gone ends nothing: alive() says it.
class WaylandConnection {
 public:
  // `display` empty: what WAYLAND_DISPLAY says. Waits for the compositor, 2 s at most. Fails (`unavailable`)
  // where there is none or it does not answer.
  static Result<std::unique_ptr<WaylandConnection>> open(const std::string& display,
                                                         const std::vector<std::string>& ignored_globals);
  ~WaylandConnection();
  WaylandConnection(const WaylandConnection&) = delete;
  WaylandConnection& operator=(const WaylandConnection&) = delete;

  wl_display* get() const { return display_; }
  const WaylandGlobals& globals() const { return globals_; }
  bool alive() const;
  // What to say when it is not.
  static Error gone();

  // Sends what is to be sent, waits for events, for one of the others or until then, and handles the events
  // that came.
  void wait(std::vector<pollfd> others, std::optional<Instant> until);

  // Waits until the compositor has done all that was asked, and its events are handled. False: it has not by
  // then.
  bool round_trip(Nanoseconds limit);

 private:
  explicit WaylandConnection(wl_display* display) : display_(display) {}
  void find_globals();
  void on_global(std::uint32_t number, std::string_view interface);
  bool send();

  wl_display* const display_;
  wl_registry* registry_ = nullptr;
  WaylandGlobals globals_;
  std::vector<std::string> ignored_;  // interfaces
};

}  // namespace diktate
