// Lets the texts of takes through to the user's windows: one at a time, in the order of the takes, and never
// while a key of ours is down.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <set>
#include <stop_token>

#include "base/clock.h"

namespace diktate {

// Thread-safe.
class DeliveryGate {
 public:
  using Ticket = std::uint64_t;

  // A place in the queue, behind all that are taken. Every ticket must leave(); again does no harm.
  Ticket enter();

  // Waits until everybody before it has left, no key is down, and nothing stirred for so long; false if
  // `cancel` came first.
  bool wait(Ticket ticket, Nanoseconds quiet, std::stop_token cancel);

  // Whether it would wait for no key now. Does not wait.
  bool hands_are_off(Nanoseconds quiet) const;

  void leave(Ticket ticket);

  void set_keys_down(bool down);
  bool anybody_waits() const;
  // The user had his hands on keys just now. A key that goes up or down is that, too.
  void stir();

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::set<Ticket> waiting_;
  Ticket last_ = 0;
  int in_wait_ = 0;
  bool keys_down_ = false;
  Instant stirred_ = Instant::min();  // the last time
};

}  // namespace diktate
