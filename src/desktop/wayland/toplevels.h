// The windows of a compositor, and which of them has the focus. Inside this folder only.
#pragma once

#include <cstdint>
#include <list>
#include <memory>

#include "desktop/paste_session.h"
#include "desktop/wayland/connection.h"

// NOLINTNEXTLINE(readability-identifier-naming): the protocol's name
struct zwlr_foreign_toplevel_handle_v1;

namespace diktate {

// The thread of the connection uses it.
class Toplevels {
 public:
  // `manager` may be null: then no focus is known.
  explicit Toplevels(zwlr_foreign_toplevel_manager_v1* manager);
  ~Toplevels();
  Toplevels(const Toplevels&) = delete;
  Toplevels& operator=(const Toplevels&) = delete;

  // As of the events that were handled.
  Toplevel focused() const;

 private:
  struct Window {
    Toplevels& all;
    zwlr_foreign_toplevel_handle_v1* handle;
    Toplevel now;
    bool has_focus = false;
    bool will_have_focus = false;  // as soon as the compositor says that it has said all
  };
  static void follow(Window& window);
  void add(zwlr_foreign_toplevel_handle_v1* handle);
  void remove(const Window& window);

  std::list<Window> windows_;
  std::uint64_t last_ = 0;
};

}  // namespace diktate
