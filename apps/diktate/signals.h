// Ctrl-C and friends as stop tokens.
#pragma once

#include <stop_token>
#include <thread>

#include "base/files.h"
#include "base/signal_queue.h"

namespace diktate {

// While it lives, SIGINT and SIGTERM are taken by a thread of its own instead of ending the program. The
// first SIGINT requests `finish` (what was said is delivered), a second one, or SIGTERM, `cancel` (nothing
// is). One more ends the program on the spot. If it is asked to, Enter on the terminal requests `finish`
// too. Make it before any other thread: those made after it inherit that the signals are not theirs.
class Signals {
 public:
  enum class Enter : unsigned char { ignored, finishes };

  explicit Signals(Enter enter = Enter::ignored);
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  std::stop_token finish() const { return finish_.get_token(); }
  std::stop_token cancel() const { return cancel_.get_token(); }

 private:
  void watch(bool enter);
  void handle(int signal);

  std::stop_source finish_;
  std::stop_source cancel_;
  SignalQueue signals_;
  UniqueFd wake_;  // ends the thread
  std::thread thread_;
};

}  // namespace diktate
