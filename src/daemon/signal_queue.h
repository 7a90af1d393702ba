// Signals as something to poll for.
#pragma once

#include <optional>

#include "base/files.h"

namespace diktate {

// While it lives, SIGINT, SIGTERM and SIGHUP wait here instead of ending the program, and a write to a closed
// pipe only fails. Make it before any other thread: those made after it inherit that.
class SignalQueue {
 public:
  SignalQueue();
  ~SignalQueue();
  SignalQueue(const SignalQueue&) = delete;
  SignalQueue& operator=(const SignalQueue&) = delete;

  int descriptor() const { return signals_.get(); }

  // The next one that came; nothing when there is none. Does not wait.
  std::optional<int> next();

 private:
  UniqueFd signals_;
};

}  // namespace diktate
