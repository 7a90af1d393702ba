// A connection to the sound server: PulseAudio, or PipeWire in its place. Inside this folder only.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "audio/microphones.h"
#include "base/result.h"

// NOLINTBEGIN(readability-identifier-naming): libpulse's own names
struct pa_context;
struct pa_operation;
struct pa_source_info;
struct pa_threaded_mainloop;
// NOLINTEND(readability-identifier-naming)

namespace diktate {

// The source that PULSE_SOURCE names, as for all programs of libpulse; empty: none.
std::string source_of_environment();

// Thread-safe. Its thread, "pulse", calls what libpulse calls back, holding the lock.
class PulseConnection {
 public:
  // Waits for the server, some seconds at most. Fails (`unavailable`) where there is none.
  static Result<std::unique_ptr<PulseConnection>> open();
  ~PulseConnection();
  PulseConnection(const PulseConnection&) = delete;
  PulseConnection& operator=(const PulseConnection&) = delete;

  // While it lives the thread stands still, and libpulse may be called.
  class Lock {
   public:
    explicit Lock(PulseConnection& connection);
    ~Lock();
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

   private:
    pa_threaded_mainloop* loop_;
  };

  pa_context* context() const { return context_; }
  // What libpulse says of the last call that failed. Under the lock.
  std::string last_error() const;

  // Gives the lock away until `done`, which is asked again after each wake(). Fails when the server is gone,
  // or does not answer in time. Under the lock.
  Result<void> wait(const std::function<bool()>& done);
  void wake() const;  // by callbacks

  // Wait for the answer; take the lock themselves. A name that is not there: `unavailable`. The default is
  // source_of_environment(), else the server's; source() takes it for an empty name.
  Result<std::string> default_source();
  Result<Microphone> source(const std::string& name);
  Result<std::vector<Microphone>> sources();

 private:
  PulseConnection() = default;
  Result<void> connect();
  // Waits for the operation, which it owns.
  Result<void> wait_for(pa_operation* operation);

  pa_threaded_mainloop* loop_ = nullptr;
  pa_context* context_ = nullptr;
};

}  // namespace diktate
