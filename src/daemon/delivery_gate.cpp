#include "daemon/delivery_gate.h"

namespace diktate {

DeliveryGate::Ticket DeliveryGate::enter() {
  const std::lock_guard lock(mutex_);
  waiting_.insert(++last_);
  return last_;
}

bool DeliveryGate::wait(Ticket ticket, Nanoseconds quiet, std::stop_token cancel) {
  std::unique_lock lock(mutex_);
  const auto is_turn = [&] { return !keys_down_ && !waiting_.empty() && *waiting_.begin() == ticket; };
  bool through = false;
  ++in_wait_;
  while (!through && changed_.wait(lock, cancel, is_turn) && !cancel.stop_requested()) {
    const Instant until = stirred_ + quiet;
    through = SteadyClock().now() >= until;
    if (!through)
      changed_.wait_until(lock, cancel, until, [&] { return !is_turn() || stirred_ + quiet != until; });
  }
  --in_wait_;
  return through;
}

bool DeliveryGate::hands_are_off(Nanoseconds quiet) const {
  const std::lock_guard lock(mutex_);
  return !keys_down_ && SteadyClock().now() >= stirred_ + quiet;
}

bool DeliveryGate::anybody_waits() const {
  const std::lock_guard lock(mutex_);
  return in_wait_ > 0;
}

void DeliveryGate::leave(Ticket ticket) {
  const std::lock_guard lock(mutex_);
  waiting_.erase(ticket);
  changed_.notify_all();
}

void DeliveryGate::set_keys_down(bool down) {
  const std::lock_guard lock(mutex_);
  if (keys_down_ != down) stirred_ = SteadyClock().now();
  keys_down_ = down;
  changed_.notify_all();
}

void DeliveryGate::stir() {
  const std::lock_guard lock(mutex_);
  stirred_ = SteadyClock().now();
  changed_.notify_all();
}

}  // namespace diktate
