// Which of our keys are down on one input device, by the events that the kernel gives of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace diktate {

// One event (struct input_event of linux/input.h).
struct InputEvent {
  std::uint16_t type = 0;
  std::uint16_t code = 0;
  std::int32_t value = 0;
  Nanoseconds time{};  // by the clock of the device; 0: not known
};

// Keeps one bit for each of our keys and nothing of any other. One thread uses it.
class KeyStates {
 public:
  // For each of our keys, whether it is down now; none: that cannot be found out.
  using Ask = std::function<std::optional<std::vector<bool>>()>;
  // The key of that index, in the order of `keys`, went down or up; when that was, or 0.
  using OnChange = std::function<void(std::size_t index, Nanoseconds time)>;

  // `keys`: codes of EV_KEY. `ask` is called when the kernel says that it dropped events (SYN_DROPPED).
  KeyStates(std::span<const std::uint16_t> keys, Ask ask)
      : keys_(keys.begin(), keys.end()), down_(keys.size()), ask_(std::move(ask)) {}

  // In their order; calls `on_change` for each press and release, when is_down() says so already. A key that
  // repeats is pressed once, and one that was down before we came has no release. Where the state cannot be
  // asked for after a loss, all keys are up: better that than a microphone that stays on.
  void take(std::span<const InputEvent> events, const OnChange& on_change);

  // The device is gone: what was down is released.
  void release_all(const OnChange& on_change);

  bool is_down(std::size_t index) const { return down_[index]; }

 private:
  void set(std::size_t index, bool down, Nanoseconds time, const OnChange& on_change);
  void resynchronise(const OnChange& on_change);

  const std::vector<std::uint16_t> keys_;
  std::vector<bool> down_;
  const Ask ask_;
  bool lost_ = false;  // what comes up to the next report is the rest of what was dropped
};

}  // namespace diktate
