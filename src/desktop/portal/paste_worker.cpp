#include "desktop/portal/paste_worker.h"

#include <utility>

#include "desktop/portal/remote_desktop.h"

namespace diktate {
namespace {

constexpr auto kCallLimit = std::chrono::seconds(1);  // until the thread has time

}  // namespace

BorrowedClipboard::Listeners PasteWorker::listeners() {
  return {[this](int /*pipe*/) { watch_->change([](FetchState& state) { state.someone = true; }); },
          [this](bool asked) { watch_->change([&](FetchState& state) { state.asked = asked; }); },
          [this] { watch_->change([](FetchState& state) { state.lost = true; }); }};
}

Result<void> PasteWorker::call(const Action& action, const std::function<void()>& wake) {
  std::unique_lock lock(mutex_);
  if (!open_) return tl::unexpected(loss_);
  const auto mine = std::make_shared<Call>(Call{action});
  calls_.push_back(mine);
  wake();
  changed_.wait_for(lock, kCallLimit, [&] { return mine->begun || mine->result; });
  if (mine->begun)
    changed_.wait(lock, [&] { return mine->result.has_value(); });  // it waits for nothing long
  if (mine->result) return *mine->result;
  std::erase(calls_, mine);
  return fail(ErrorKind::timeout, "the desktop portal does not answer");
}

void PasteWorker::run_calls(PortalConnection& connection) {
  std::unique_lock lock(mutex_);
  while (!calls_.empty()) {
    const auto next = calls_.front();
    calls_.pop_front();
    next->begun = true;
    lock.unlock();
    auto result = next->action(connection);
    lock.lock();
    next->result = std::move(result);
    changed_.notify_all();
  }
}

void PasteWorker::want_copies(int more) {
  const std::lock_guard lock(mutex_);
  copies_wanted_ += more;
}

bool PasteWorker::is_open() const {
  const std::lock_guard lock(mutex_);
  return open_;
}

Error PasteWorker::loss() const {
  const std::lock_guard lock(mutex_);
  return loss_;
}

std::string PasteWorker::problem() const {
  const std::lock_guard lock(mutex_);
  return open_ || !told_ ? "" : loss_.message;
}

bool PasteWorker::is_missing() const {
  const std::lock_guard lock(mutex_);
  return missing_ && !was_open_;
}

Result<void> PasteWorker::open(PortalConnection& connection) {
  const auto heard = connection.hear(kPortalClipboard, [this, &connection](sdbus::Message& message) {
    clipboard_.on_signal(message, connection.session());
  });
  if (!heard) return heard;
  if (auto opened = open_remote_desktop(connection, options_, true); !opened) return opened;
  clipboard_.begin_session(connection);
  const std::lock_guard lock(mutex_);
  open_ = true;
  was_open_ = true;
  return {};
}

// What comes while the portal is called, a signal or a wish, wakes nobody again.
void PasteWorker::on_wake(PortalConnection& connection) {
  do {
    clipboard_.handle_signals();
    copy_as_wanted();
    run_calls(connection);
    clipboard_.on_wake(SteadyClock().now());
  } while ((clipboard_.has_signals() || has_wishes()) && !connection.session().empty());
}

bool PasteWorker::has_wishes() const {
  const std::lock_guard lock(mutex_);
  return !calls_.empty() || (copies_wanted_ > 0) != copies_;
}

void PasteWorker::copy_as_wanted() {
  const bool wanted = [&] {
    const std::lock_guard lock(mutex_);
    return copies_wanted_ > 0;
  }();
  if (wanted == copies_) return;
  copies_ = wanted;
  if (wanted) {
    clipboard_.copy();
  } else {
    clipboard_.forget_copy();
  }
}

// Who waits for something is told that it does not come.
void PasteWorker::on_closed(const Error& why) {
  clipboard_.end_session();
  if (std::exchange(copies_, false)) clipboard_.forget_copy();
  watch_->change([](FetchState& state) { state.gone = true; });
  const std::lock_guard lock(mutex_);
  open_ = false;
  told_ = true;
  missing_ = why.kind == ErrorKind::unavailable;
  loss_ = {ErrorKind::unavailable, why.message};
  for (const auto& call : calls_) call->result = tl::unexpected(loss_);
  calls_.clear();
  changed_.notify_all();
}

}  // namespace diktate
