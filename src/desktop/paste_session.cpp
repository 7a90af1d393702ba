#include "desktop/paste_session.h"

#include <algorithm>

namespace diktate {
namespace {

constexpr auto kUnansweredFor = std::chrono::seconds(10);

}  // namespace

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

void PasteSession::note_unanswered(const Toplevel& window) {
  unanswered_ = window.id;
  unanswered_until_ = SteadyClock().now() + kUnansweredFor;
}

bool PasteSession::may_answer_late(const Toplevel& window) const {
  return window.id != 0 && window.id == unanswered_ && SteadyClock().now() < unanswered_until_;
}

}  // namespace diktate
