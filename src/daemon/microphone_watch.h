// Looks out for a microphone that is gone, so that what is said of it stays true between takes.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>

#include "daemon/errands.h"
#include "daemon/mailbox.h"
#include "daemon/takes.h"

namespace diktate {

// The main thread uses it, and nothing here waits but the end, for the wait that it ends.
class MicrophoneWatch {
 public:
  // As DaemonSetup::await_microphone.
  using Await = std::function<bool(std::stop_token stop)>;

  // All is borrowed.
  MicrophoneWatch(Takes& takes, Mailbox& mailbox) : takes_(takes), errands_(mailbox) {}
  ~MicrophoneWatch() { give_up(); }
  MicrophoneWatch(const MicrophoneWatch&) = delete;
  MicrophoneWatch& operator=(const MicrophoneWatch&) = delete;

  // From now on it is waited for so; empty: nobody knows when it comes.
  void use(Await await);

  // To be called after everything that happened.
  void follow();

 private:
  struct Waiting {
    TakeNumber take;  // that could not use it
    std::stop_source stop;
  };
  void give_up();
  void begin(TakeNumber take);

  Takes& takes_;
  Await await_;
  std::optional<Waiting> waiting_;
  Errands errands_;
};

}  // namespace diktate
