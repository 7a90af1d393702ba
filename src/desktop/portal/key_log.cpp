#include "desktop/portal/key_log.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <sys/eventfd.h>
#include <unistd.h>

namespace diktate {

KeyLog::KeyLog() : noted_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) { state_.listening = false; }

void KeyLog::set(HotkeyState state) {
  const std::lock_guard lock(mutex_);
  state_ = std::move(state);
  for (auto& [action, down] : down_) {
    if (!state_.listening && std::exchange(down, false)) note(action, false);
  }
  signal();
}

void KeyLog::turn(const std::string& action, bool pressed) {
  const std::lock_guard lock(mutex_);
  if (std::exchange(down_[action], pressed) != pressed) note(action, pressed);
}

// Cancelling is for takes only.
void KeyLog::note(const std::string& action, bool pressed) {
  if (action == "cancel" && !cancels_) return;
  events_.push_back({action, pressed, SteadyClock().now()});
  signal();
}

void KeyLog::signal() const {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(noted_.get(), &one, sizeof one);
}

std::vector<HotkeyEvent> KeyLog::take() {
  const std::lock_guard lock(mutex_);
  std::uint64_t count = 0;
  [[maybe_unused]] const auto bytes = read(noted_.get(), &count, sizeof count);
  return std::exchange(events_, {});
}

void KeyLog::listen_for_cancel(bool on) {
  const std::lock_guard lock(mutex_);
  cancels_ = on;
}

bool KeyLog::any_down() const {
  const std::lock_guard lock(mutex_);
  return std::any_of(down_.begin(), down_.end(), [](const auto& key) { return key.second; });
}

HotkeyState KeyLog::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

}  // namespace diktate
