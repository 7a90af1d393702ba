// A thread that owns a connection to a compositor: its events, its timers, and what others ask of it. Inside
// this folder only.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "desktop/call_queue.h"
#include "desktop/wayland/connection.h"

namespace diktate {

class WaylandLoop {
 public:
  // The thread calls these, and nobody else.
  struct Callbacks {
    std::function<std::vector<pollfd>()> descriptors;  // what it waits for besides the compositor
    std::function<std::optional<Instant>()> deadline;
    std::function<void(Instant now)> on_wake;  // after every wait, whatever ended it
    std::function<void()> on_gone;             // the compositor
  };

  explicit WaylandLoop(WaylandConnection& connection) : connection_(connection) {}
  ~WaylandLoop();  // ends the thread, and waits for it
  WaylandLoop(const WaylandLoop&) = delete;
  WaylandLoop& operator=(const WaylandLoop&) = delete;

  void start(const std::string& name, Callbacks callbacks);

  // Has the thread call it, and waits for that. Fails, without a call, when the compositor is gone. By any
  // other thread.
  Result<void> call(const std::function<void()>& action);

 private:
  void run();

  WaylandConnection& connection_;
  Callbacks callbacks_;
  CallQueue queue_;
  std::thread thread_;
};

}  // namespace diktate
