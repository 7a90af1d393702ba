// The session with a display, opened anew after its end.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "base/result.h"

namespace diktate {

// Thread-safe. `Session` has `bool alive()`, which does not wait.
template <class Session>
class Reopened {
 public:
  using Open = std::function<Result<std::shared_ptr<Session>>()>;

  Reopened(std::shared_ptr<Session> first, Open open) : session_(std::move(first)), open_(std::move(open)) {}

  // That of now, or a new one where it has ended; null where there is none to be had. May wait for the
  // display.
  std::shared_ptr<Session> live() {
    const std::lock_guard opening(opening_);
    if (auto now = current(); now->alive()) return now;
    auto session = open_();
    if (!session) return nullptr;
    const std::lock_guard lock(mutex_);
    session_ = std::move(*session);
    return session_;
  }

  // The last one. Does not wait.
  std::shared_ptr<Session> current() const {
    const std::lock_guard lock(mutex_);
    return session_;
  }

 private:
  std::mutex opening_;
  mutable std::mutex mutex_;  // of the pointer
  std::shared_ptr<Session> session_;
  const Open open_;
};

}  // namespace diktate
