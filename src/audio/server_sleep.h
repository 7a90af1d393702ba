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

  // Until wake(), since the last sleep; or until `sign` is readable (-1: there is none).
  void sleep(int sign = -1);
  // The same, but no longer than a pause that grows from a quarter of a second to a minute. It begins again
  // when the thread is woken, or with reset(). Whether it was woken.
  bool sleep_for_a_while(int sign = -1);
  void reset() { pause_ = {}; }

 private:
  using Milliseconds = std::chrono::milliseconds;
  bool sleep(int sign, Milliseconds longest);

  const UniqueFd wake_;  // an eventfd
  Milliseconds pause_{};
};

}  // namespace diktate
