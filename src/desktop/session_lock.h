// Whether the user's session is locked: what is inserted then would go to whoever asks for the password.
#pragma once

#include <memory>

namespace diktate {

class SessionLock {
 public:
  SessionLock();
  ~SessionLock();
  SessionLock(const SessionLock&) = delete;
  SessionLock& operator=(const SessionLock&) = delete;

  // As far as the desktop says so (logind, screen savers): where nobody is asked, or nobody answers, it is
  // not. No service is started for it. Waits 200 ms at most. Any thread.
  bool locked();

 private:
  class Asker;
  const std::shared_ptr<Asker> asker_;
};

}  // namespace diktate
