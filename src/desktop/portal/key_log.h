// What the thread of a session tells the one that reads the keys. Inside this folder only.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "core/ports.h"

namespace diktate {

// Thread-safe.
class KeyLog {
 public:
  KeyLog();  // not listening yet

  // For the thread of the session. A key that is down when nothing is heard any more counts as released; one
  // that repeats is pressed once. One that is pressed, long after that was told last, must have been
  // released: a portal may lose that, and this press stands for it.
  void set(HotkeyState state);
  void turn(const std::string& action, bool pressed, Instant at);

  // As the port has them.
  int descriptor() const { return noted_.get(); }
  std::vector<HotkeyEvent> take();
  void listen_for_cancel(bool on);
  bool any_down() const;
  void forget_down();
  HotkeyState state() const;

 private:
  struct Key {
    bool is_down = false;
    bool is_forgotten = false;  // what it repeats is not heard
    Instant told;               // the last time
  };
  void note(const std::string& action, bool pressed, Instant at);
  void release_all();
  void signal() const;

  const UniqueFd noted_;  // an eventfd
  mutable std::mutex mutex_;
  HotkeyState state_;
  std::vector<HotkeyEvent> events_;
  std::map<std::string, Key> keys_;
  bool cancels_ = false;
};

}  // namespace diktate
