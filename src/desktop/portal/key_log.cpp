#include "desktop/portal/key_log.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <sys/eventfd.h>
#include <unistd.h>

namespace diktate {
namespace {

constexpr auto kBetweenRepeats = std::chrono::seconds(1);  // at the very most

}  // namespace

KeyLog::KeyLog() : noted_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) { state_.listening = false; }

void KeyLog::set(HotkeyState state) {
  const std::lock_guard lock(mutex_);
  state_ = std::move(state);
  if (!state_.listening) release_all();
  signal();
}

void KeyLog::turn(const std::string& action, bool pressed, Instant at) {
  const std::lock_guard lock(mutex_);
  Key& key = keys_[action];
  const bool repeats = at - std::exchange(key.told, at) < kBetweenRepeats;
  key.is_forgotten = key.is_forgotten && pressed && repeats;
  if (key.is_forgotten) return;
  const bool now_down = pressed && (!key.is_down || repeats);
  if (std::exchange(key.is_down, now_down) != now_down) note(action, now_down, at);
}

void KeyLog::forget_down() {
  const std::lock_guard lock(mutex_);
  for (auto& [action, key] : keys_) key.is_forgotten = key.is_down;
  release_all();
}

void KeyLog::release_all() {
  for (auto& [action, key] : keys_)
    if (std::exchange(key.is_down, false)) note(action, false, SteadyClock().now());
}

// Cancelling is for takes only; but whether its key is down is always of interest.
void KeyLog::note(const std::string& action, bool pressed, Instant at) {
  signal();
  if (action != "cancel" || cancels_) events_.push_back({action, pressed, at});
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
  return std::any_of(keys_.begin(), keys_.end(), [](const auto& key) { return key.second.is_down; });
}

HotkeyState KeyLog::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

}  // namespace diktate
