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
  // Waits for the server, some seconds at most. Fails (`unavailable`) where there is none. libpulse may start
  // one for a user; not where only `running` ones are asked for.
  enum class Servers { any, running };
  static Result<std::unique_ptr<PulseConnection>> open(Servers servers = Servers::any);
  // One that calls `on_change` when a program begins to play, or when microphones come, go, or another one is
  // the default; and when the server ends. By the thread, under the lock.
  enum class Watched { playback, microphones };
  static Result<std::unique_ptr<PulseConnection>> open_watched(Servers servers, Watched what,
                                                               std::function<void()> on_change);
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
  // The same for an operation, which it owns; its callback wakes, and is not called after this.
  Result<void> wait_for(pa_operation* operation);
  void wake() const;  // by callbacks

  // Whether the server is still there. Does not wait; takes the lock itself.
  bool alive();

  // Wait for the answer; take the lock themselves. A name that is not there: `unavailable`. The default is
  // source_of_environment(), else the server's; source() takes it for an empty name. A connection that was
  // opened while a microphone went may be told a default of then for ever, and of no other (PipeWire 0.3.65):
  // what has to be right later asks a new one.
  Result<std::string> default_source();
  Result<Microphone> source(const std::string& name);
  Result<std::vector<Microphone>> sources();

 private:
  PulseConnection() = default;
  Result<void> connect(Servers servers);
  Result<void> watch(Watched what, std::function<void()> on_change);
  void on_state() const;

  pa_threaded_mainloop* loop_ = nullptr;
  pa_context* context_ = nullptr;
  std::function<void()> on_change_;
};

}  // namespace diktate
