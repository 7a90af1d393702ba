#include "desktop/paste_session.h"

#include <algorithm>

namespace diktate {

void FetchWatch::change(const std::function<void(FetchState&)>& how) {
  const std::lock_guard lock(mutex_);
  how(state_);
  changed_.notify_all();
}

FetchState FetchWatch::now() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

FetchState FetchWatch::wait(Instant until, const std::function<bool(const FetchState&)>& done,
                            std::stop_token cancel) {
  std::unique_lock lock(mutex_);
  changed_.wait_until(lock, cancel, until, [&] { return state_.gone || done(state_); });
  return state_;
}

Custody PasteSession::custody(Instant until, std::stop_token cancel) {
  const SteadyClock clock;
  for (;;) {
    const Custody custody = custody_now();
    if (custody != Custody::copying || clock.now() >= until || cancel.stop_requested()) return custody;
    clock.sleep_until(std::min(until, clock.now() + std::chrono::milliseconds(2)), cancel);
  }
}

}  // namespace diktate
