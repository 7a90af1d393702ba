// How other threads end the waits of a connection. Inside this folder only.
#pragma once

#include <atomic>

#include "base/files.h"

namespace diktate {

// Thread-safe.
class PortalWaker {
 public:
  PortalWaker();
  void wake() const;
  void stop();  // for good
  bool stopped() const { return stopped_; }

  // Readable after wake(), until rest().
  int descriptor() const { return alarm_.get(); }
  void rest() const;

 private:
  const UniqueFd alarm_;  // an eventfd
  std::atomic<bool> stopped_ = false;
};

}  // namespace diktate
