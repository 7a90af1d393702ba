// A session of the desktop portal that is kept open, on a thread of its own: what was lost is opened again.
// Inside this folder only.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <poll.h>

#include "base/clock.h"
#include "base/result.h"
#include "desktop/portal/connection.h"

namespace diktate {

// What one kind of session does. The thread calls it.
class PortalSession {
 public:
  virtual ~PortalSession() = default;

  // Opens it, and waits for that. `cancelled`: the user does not want it, and is not asked again until there
  // is another portal; `failed`: the user may have been asked, and is not bothered again for a minute.
  virtual Result<void> open(PortalConnection& connection) = 0;

  // Something came from the bus or a descriptor, time has passed, or wake() was called, while it is open.
  virtual void on_wake(PortalConnection& connection) = 0;

  // What is waited for besides the bus while it is open.
  virtual std::vector<pollfd> descriptors() const { return {}; }
  virtual std::optional<Instant> deadline() const { return std::nullopt; }

  // It could not be opened, or is over.
  virtual void on_closed(const Error& why) = 0;
};

class PortalThread {
 public:
  // Begins at once, and does not wait. The session is shared with the thread: one that hangs in the bus is
  // left behind at the end, which waits for a second. A bus that is missing is tried again as soon as its
  // socket is there, and after pauses that grow from `bus_pause` to a minute.
  PortalThread(const std::string& name, std::shared_ptr<PortalSession> session,
               Nanoseconds bus_pause = std::chrono::milliseconds(100));
  ~PortalThread();
  PortalThread(const PortalThread&) = delete;
  PortalThread& operator=(const PortalThread&) = delete;

  // Has on_wake() called. Any thread.
  void wake();

 private:
  struct Shared;
  const std::shared_ptr<Shared> shared_;
  std::thread thread_;
};

}  // namespace diktate
