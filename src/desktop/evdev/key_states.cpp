#include "desktop/evdev/key_states.h"

#include <algorithm>
#include <utility>

#include <linux/input-event-codes.h>

namespace diktate {
namespace {

constexpr std::int32_t kReleased = 0;
constexpr std::int32_t kPressed = 1;  // 2: it repeats

}  // namespace

void KeyStates::take(std::span<const InputEvent> events, const OnChange& on_change) {
  for (const InputEvent& event : events) {
    if (event.type == EV_SYN && event.code == SYN_DROPPED) lost_ = true;
    if (event.type == EV_SYN && event.code == SYN_REPORT && std::exchange(lost_, false))
      resynchronise(on_change);
    if (event.type != EV_KEY || lost_) continue;
    if (event.value != kReleased && event.value != kPressed) continue;
    const auto key = std::find(keys_.begin(), keys_.end(), event.code);
    if (key != keys_.end())
      set(static_cast<std::size_t>(key - keys_.begin()), event.value == kPressed, event.time, on_change);
  }
}

void KeyStates::resynchronise(const OnChange& on_change) {
  const auto now = ask_();
  if (!now) return release_all(on_change);
  for (std::size_t i = 0; i < down_.size(); ++i) set(i, (*now)[i], {}, on_change);
}

void KeyStates::release_all(const OnChange& on_change) {
  for (std::size_t i = 0; i < down_.size(); ++i) set(i, false, {}, on_change);
}

void KeyStates::set(std::size_t index, bool down, Nanoseconds time, const OnChange& on_change) {
  if (down_[index] == down) return;
  down_[index] = down;
  on_change(index, time);
}

}  // namespace diktate
