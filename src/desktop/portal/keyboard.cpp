#include "desktop/portal/keyboard.h"

#include <condition_variable>
#include <mutex>
#include <utility>

#include "desktop/portal/connection.h"
#include "desktop/portal/remote_desktop.h"
#include "desktop/portal/session_thread.h"

namespace diktate {
namespace {

constexpr auto kPressLimit = std::chrono::seconds(2);

class KeyboardSession final : public PortalSession {
 public:
  explicit KeyboardSession(RemoteDesktopOptions options) : options_(std::move(options)) {}

  std::optional<std::string> why_not() const;
  std::optional<std::string> problem() const;
  Result<void> press(const Chord& chord, const std::function<void()>& wake);

  Result<void> open(PortalConnection& connection) override;
  void on_wake(PortalConnection& connection) override;
  void on_closed(const Error& why) override;

 private:
  void set(std::optional<std::string> why_not);

  const RemoteDesktopOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<std::string> why_not_ = "the desktop has not said yet whether keys may be pressed";
  bool told_ = false;            // the desktop has answered, or is not there
  std::optional<Chord> wanted_;  // by press(), until the thread takes it
  std::optional<Result<void>> pressed_;
};

std::optional<std::string> KeyboardSession::why_not() const {
  const std::lock_guard lock(mutex_);
  return why_not_;
}

std::optional<std::string> KeyboardSession::problem() const {
  const std::lock_guard lock(mutex_);
  return told_ ? why_not_ : std::nullopt;
}

// Who waits for keys is told that there are none.
void KeyboardSession::set(std::optional<std::string> why_not) {
  const std::lock_guard lock(mutex_);
  why_not_ = std::move(why_not);
  told_ = true;
  changed_.notify_all();
}

Result<void> KeyboardSession::press(const Chord& chord, const std::function<void()>& wake) {
  std::unique_lock lock(mutex_);
  if (why_not_) return fail(ErrorKind::unavailable, *why_not_);
  pressed_.reset();
  wanted_ = chord;
  wake();
  changed_.wait_for(lock, kPressLimit, [&] { return pressed_ || why_not_; });
  wanted_.reset();
  if (pressed_) return *pressed_;
  return fail(ErrorKind::unavailable, why_not_ ? *why_not_ : "the desktop portal does not answer");
}

Result<void> KeyboardSession::open(PortalConnection& connection) {
  auto opened = open_remote_desktop(connection, options_, false);
  if (opened) set({});
  return opened;
}

void KeyboardSession::on_closed(const Error& why) { set(why.message); }

void KeyboardSession::on_wake(PortalConnection& connection) {
  std::optional<Chord> chord;
  {
    const std::lock_guard lock(mutex_);
    chord = std::exchange(wanted_, std::nullopt);
  }
  if (!chord) return;
  auto pressed = press_by_portal(connection, *chord);
  const std::lock_guard lock(mutex_);
  pressed_ = std::move(pressed);
  changed_.notify_all();
}

class ThreadedKeyboard final : public PortalKeyboard {
 public:
  explicit ThreadedKeyboard(RemoteDesktopOptions options)
      : session_(std::make_shared<KeyboardSession>(std::move(options))),
        thread_("portal keyboard", session_) {}

  std::optional<std::string> why_not() const override { return session_->why_not(); }
  std::optional<std::string> problem() const override { return session_->problem(); }
  Result<void> press(const Chord& chord) override {
    return session_->press(chord, [this] { thread_.wake(); });
  }

 private:
  const std::shared_ptr<KeyboardSession> session_;
  PortalThread thread_;
};

}  // namespace

std::shared_ptr<PortalKeyboard> make_portal_keyboard(RemoteDesktopOptions options) {
  return std::make_shared<ThreadedKeyboard>(std::move(options));
}

}  // namespace diktate
