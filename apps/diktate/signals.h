// Ctrl-C and friends as stop tokens.
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

#include "base/files.h"
#include "base/signal_queue.h"

namespace diktate {

// While it lives, SIGINT and SIGTERM are taken by a thread of its own instead of ending the program. The
// first SIGINT requests `finish` (what was said is delivered), a second one `cancel` (nothing is), and so
// does SIGTERM. One more ends the program on the spot. Make it before any other thread: those made after it
// inherit that the signals are not theirs.
//
// At a live microphone what was said exists only here: there SIGTERM, and SIGHUP (the terminal was closed;
// not where it is ignored, as under nohup), request `finish`, and a second one of them ends the program on
// the spot, with what the journal has. Enter on the terminal requests `finish` too.
class Signals {
 public:
  enum class Input : unsigned char { other, microphone };

  explicit Signals(Input input = Input::other);
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  // Whether a signal may request `finish`, as it may from the start; else the first one requests `cancel`.
  void set_finishes(bool may) { may_finish_ = may; }

  std::stop_token finish() const { return finish_.get_token(); }
  std::stop_token cancel() const { return cancel_.get_token(); }

 private:
  void watch(bool enter);
  void handle(int signal);

  const Input input_;
  std::atomic<bool> may_finish_ = true;
  std::stop_source finish_;
  std::stop_source cancel_;
  SignalQueue signals_;
  UniqueFd wake_;  // ends the thread
  std::thread thread_;
};

}  // namespace diktate
