#include "desktop/wayland/toplevels.h"

#include <algorithm>
#include <span>

#include <foreign_toplevel_protocol.h>
#include <wayland-client.h>

namespace diktate {

Toplevels::Toplevels(zwlr_foreign_toplevel_manager_v1* manager) {
  static constexpr zwlr_foreign_toplevel_manager_v1_listener kListener = {
      [](void* self, zwlr_foreign_toplevel_manager_v1*, zwlr_foreign_toplevel_handle_v1* handle) {
        static_cast<Toplevels*>(self)->add(handle);
      },
      [](void*, zwlr_foreign_toplevel_manager_v1*) {}};
  if (manager != nullptr) zwlr_foreign_toplevel_manager_v1_add_listener(manager, &kListener, this);
}

Toplevels::~Toplevels() {
  for (const Window& window : windows_) zwlr_foreign_toplevel_handle_v1_destroy(window.handle);
}

Toplevel Toplevels::focused() const {
  const auto found =
      std::find_if(windows_.begin(), windows_.end(), [](const Window& window) { return window.has_focus; });
  return found != windows_.end() ? found->now : Toplevel{};
}

void Toplevels::add(zwlr_foreign_toplevel_handle_v1* handle) {
  follow(windows_.emplace_back(Window{*this, handle, {++last_, {}}}));
}

void Toplevels::remove(const Window& window) {
  zwlr_foreign_toplevel_handle_v1_destroy(window.handle);
  windows_.remove_if([&](const Window& other) { return &other == &window; });
}

void Toplevels::follow(Window& window) {
  using Handle = zwlr_foreign_toplevel_handle_v1;
  static constexpr auto kNothing = [](void*, Handle*, wl_output*) {};
  static constexpr zwlr_foreign_toplevel_handle_v1_listener kListener = {
      .title = [](void*, Handle*, const char*) {},
      .app_id = [](void* self, Handle*, const char* id) { static_cast<Window*>(self)->now.app_id = id; },
      .output_enter = kNothing,
      .output_leave = kNothing,
      .state =
          [](void* self, Handle*, wl_array* states) {
            const std::span<const std::uint32_t> set(static_cast<const std::uint32_t*>(states->data),
                                                     states->size / sizeof(std::uint32_t));
            static_cast<Window*>(self)->will_have_focus =
                std::find(set.begin(), set.end(), ZWLR_FOREIGN_TOPLEVEL_HANDLE_V1_STATE_ACTIVATED) !=
                set.end();
          },
      .done =
          [](void* self, Handle*) {
            auto& changed = *static_cast<Window*>(self);
            changed.has_focus = changed.will_have_focus;
          },
      .closed =
          [](void* self, Handle*) {
            auto& closed = *static_cast<Window*>(self);
            closed.all.remove(closed);
          },
  };
  zwlr_foreign_toplevel_handle_v1_add_listener(window.handle, &kListener, &window);
}

}  // namespace diktate
