// Signals as something to poll for.
#pragma once

#include <optional>
#include <span>

#include <signal.h>

#include "base/files.h"

namespace diktate {

// While it lives, those signals wait here instead of doing what they would. Make it before any other thread:
// those made after it inherit that the signals are not theirs.
class SignalQueue {
 public:
  explicit SignalQueue(std::span<const int> signals);
  ~SignalQueue();
  SignalQueue(const SignalQueue&) = delete;
  SignalQueue& operator=(const SignalQueue&) = delete;

  int descriptor() const { return descriptor_.get(); }

  // The next one that came; nothing when there is none. Does not wait.
  std::optional<int> next();

 private:
  sigset_t signals_{};
  UniqueFd descriptor_;
};

}  // namespace diktate
