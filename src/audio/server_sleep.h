// How a thread sleeps until something happens at the sound server. Inside this folder only.
#pragma once

#include <chrono>

#include "base/files.h"

namespace diktate {

// One thread sleeps; any may wake it.
class ServerSleep {
 public:
  ServerSleep();

  void wake() const;

  // Until wake(), since the last sleep, or until `sign` is readable (-1: there is none); but no longer than a
  // pause that grows from a quarter of a second to a minute, and begins again when the thread is woken.
  // Whether it was woken.
  bool sleep(int sign = -1);

 private:
  const UniqueFd wake_;  // an eventfd
  std::chrono::milliseconds pause_{};
};

}  // namespace diktate
