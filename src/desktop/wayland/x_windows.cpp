#include "desktop/wayland/x_windows.h"

#include <cstdlib>

#include "desktop/processes.h"

namespace diktate {

// Who connects to a display of XWayland that does not run starts it.
std::shared_ptr<TextInserter> XWindows::inserter() {
  const std::lock_guard lock(mutex_);
  if (inserter_ && inserter_->problem().empty()) return inserter_;
  inserter_.reset();
  const bool named = !options_.display.empty() || std::getenv("DISPLAY") != nullptr;
  if (!named || !is_running("Xwayland")) return nullptr;
  if (auto made = make_x11_inserter(options_)) inserter_ = std::move(*made);
  return inserter_;
}

std::unique_ptr<XWindow> XWindows::remember() {
  auto by = inserter();
  if (!by) return nullptr;
  auto window = by->remember();
  if (window->name().empty()) return nullptr;
  return std::make_unique<XWindow>(std::move(by), std::move(window));
}

}  // namespace diktate
