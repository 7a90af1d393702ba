// What the thread of a session tells the one that reads the keys. Inside this folder only.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/files.h"
#include "core/ports.h"

namespace diktate {

// Thread-safe.
class KeyLog {
 public:
  KeyLog();  // not listening yet

  // For the thread of the session. A key that is down when nothing is heard any more counts as released; one
  // that repeats is pressed once.
  void set(HotkeyState state);
  void turn(const std::string& action, bool pressed);

  // As the port has them.
  int descriptor() const { return noted_.get(); }
  std::vector<HotkeyEvent> take();
  void listen_for_cancel(bool on);
  bool any_down() const;
  HotkeyState state() const;

 private:
  void note(const std::string& action, bool pressed);
  void signal() const;

  const UniqueFd noted_;  // an eventfd
  mutable std::mutex mutex_;
  HotkeyState state_;
  std::vector<HotkeyEvent> events_;
  std::map<std::string, bool> down_;
  bool cancels_ = false;
};

}  // namespace diktate
