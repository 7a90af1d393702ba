// A thread that owns a connection to the X server: its events, its timers, and what others ask of it. Inside
// this folder only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "base/clock.h"
#include "desktop/call_queue.h"
#include "desktop/x11/connection.h"

namespace diktate {

constexpr std::uint8_t kSentBit = 0x80;  // of an event's response_type: a program sent it

class X11Loop {
 public:
  // The thread calls these, and nobody else.
  struct Callbacks {
    std::function<void(const void* event)> on_event;  // an xcb_generic_event_t, no error
    std::function<std::optional<Instant>()> deadline;
    std::function<void(Instant now)> on_time;
    std::function<void()> on_gone;  // the server
  };

  X11Loop(X11Connection& connection, std::string name);
  ~X11Loop();  // ends the thread, and waits for it
  X11Loop(const X11Loop&) = delete;
  X11Loop& operator=(const X11Loop&) = delete;

  void start(Callbacks callbacks);

  // Has the thread call it, and waits for that. Fails, without a call, when the server is gone. By any other
  // thread.
  Result<void> call(const std::function<void()>& action);

  // The events that came before the last answer: for the thread itself, in the middle of an action.
  void handle_read_events();

 private:
  void run();
  void handle(const void* event);
  bool handle_events();
  void wait();

  X11Connection& connection_;
  const std::string name_;
  Callbacks callbacks_;
  CallQueue queue_;
  std::thread thread_;
};

}  // namespace diktate
