#include "daemon/delivery_gate.h"

namespace diktate {

DeliveryGate::Ticket DeliveryGate::enter() {
  const std::lock_guard lock(mutex_);
  waiting_.insert(++last_);
  return last_;
}

bool DeliveryGate::wait(Ticket ticket, std::stop_token cancel) {
  std::unique_lock lock(mutex_);
  return changed_.wait(lock, std::move(cancel),
                       [&] { return !keys_down_ && !waiting_.empty() && *waiting_.begin() == ticket; });
}

void DeliveryGate::leave(Ticket ticket) {
  const std::lock_guard lock(mutex_);
  waiting_.erase(ticket);
  changed_.notify_all();
}

void DeliveryGate::set_keys_down(bool down) {
  const std::lock_guard lock(mutex_);
  keys_down_ = down;
  changed_.notify_all();
}

}  // namespace diktate
