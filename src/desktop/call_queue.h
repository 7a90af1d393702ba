// What other threads ask of the one that owns something, and wait for.
#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <optional>

#include "base/clock.h"
#include "base/files.h"

namespace diktate {

class CallQueue {
 public:
  CallQueue();

  // Has the owner run it, and waits for that. False, without a run: the owner has ended. By any other thread.
  bool call(const std::function<void()>& action);

  // The owner is to end. By any thread.
  void stop();

  // Readable when run() has something to do.
  int descriptor() const { return alarm_.get(); }

  // For the owner: does what was asked; where what it owns is not `alive` any more, those who asked are told.
  // False: it is to end, and nobody is heard any more.
  bool run(bool alive);

 private:
  void wake() const;

  UniqueFd alarm_;  // an eventfd: there are actions
  std::mutex mutex_;
  std::deque<std::function<void(bool good)>> actions_;
  bool ended_ = false;
  bool stop_ = false;
};

// As poll() wants it; nothing: for ever. A wait of more than a minute is made of several.
int poll_timeout(std::optional<Instant> until);

}  // namespace diktate
