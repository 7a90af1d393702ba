#include "daemon/take_machine.h"

namespace diktate {
namespace {

TakeStep nothing() { return std::optional<TakeAction>(); }

TakeStep action(TakeAction::Kind kind, TakeNumber take) { return std::optional(TakeAction{kind, take}); }

}  // namespace

std::string_view to_string(DaemonState state) {
  if (state == DaemonState::listening) return "listening";
  return state == DaemonState::finishing ? "finishing" : "idle";
}

TakeStep TakeMachine::start() {
  if (listening_) return nothing();
  if (stopping_) return fail(ErrorKind::failed, "the daemon is stopping");
  if (finishing_.size() >= options_.most_finishing) {
    return fail(ErrorKind::failed, "too many takes are still finishing (" +
                                       std::to_string(finishing_.size()) + "); wait a moment");
  }
  listening_ = ++last_;
  key_down_.reset();
  return action(TakeAction::Kind::begin, last_);
}

TakeStep TakeMachine::finish() {
  if (!listening_) return fail(ErrorKind::failed, "nothing listens; 'diktate start' begins a take");
  return end_listening();
}

TakeStep TakeMachine::toggle() { return listening_ ? end_listening() : start(); }

TakeStep TakeMachine::cancel() {
  if (listening_) {
    const TakeNumber take = *listening_;
    heard(take);
    cancelled_.insert(take);
    return action(TakeAction::Kind::cancel, take);
  }
  for (auto take = finishing_.rbegin(); take != finishing_.rend(); ++take) {
    if (cancelled_.insert(*take).second) return action(TakeAction::Kind::cancel, *take);
  }
  return fail(ErrorKind::failed, "there is no take to cancel");
}

TakeStep TakeMachine::press(Instant at, std::string_view key) {
  if (listening_) return end_listening();
  auto step = start();
  if (step) key_down_ = KeyDown{at, std::string(key)};
  return step;
}

TakeStep TakeMachine::release(Instant at, std::string_view key) {
  return key_down_ && key_down_->key == key ? release_all(at) : nothing();
}

TakeStep TakeMachine::release_all(Instant at) {
  // The key that ended a take by going down has no more to say when it comes up.
  const bool held = listening_ && key_down_ && at - key_down_->at >= options_.tap;
  key_down_.reset();
  return held ? end_listening() : nothing();
}

void TakeMachine::heard(TakeNumber take) {
  if (listening_ != take) return;
  finishing_.insert(take);
  listening_.reset();
  key_down_.reset();
}

void TakeMachine::ended(TakeNumber take) {
  heard(take);
  finishing_.erase(take);
  cancelled_.erase(take);
}

TakeStep TakeMachine::stop() {
  stopping_ = true;
  return listening_ ? end_listening() : nothing();
}

DaemonState TakeMachine::state() const {
  if (listening_) return DaemonState::listening;
  return finishing_.empty() ? DaemonState::idle : DaemonState::finishing;
}

std::optional<TakeNumber> TakeMachine::latest() const {
  if (listening_) return listening_;
  return finishing_.empty() ? std::nullopt : std::optional(*finishing_.rbegin());
}

TakeStep TakeMachine::end_listening() {
  const TakeNumber take = *listening_;
  heard(take);
  return action(TakeAction::Kind::finish, take);
}

}  // namespace diktate
