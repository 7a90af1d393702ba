#include "desktop/portal/keyboard.h"

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

#include <sdbus-c++/sdbus-c++.h>

#include "base/files.h"
#include "desktop/portal/connection.h"
#include "desktop/portal/link.h"
#include "desktop/portal/session_thread.h"
#include "desktop/portal/trigger.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;

constexpr const char* kRemoteDesktop = "org.freedesktop.portal.RemoteDesktop";
constexpr std::uint32_t kKeyboard = 1;      // among the types of devices
constexpr std::uint32_t kUntilRevoked = 2;  // how long the permission is to last
constexpr auto kPortalAnswerLimit = std::chrono::seconds(5);
constexpr auto kKeyLimit = milliseconds(500);
constexpr auto kPressLimit = std::chrono::seconds(2);

std::uint32_t number_in(const PortalValues& values, const std::string& name) {
  const auto found = values.find(name);
  const bool is_number = found != values.end() && found->second.containsValueOfType<std::uint32_t>();
  return is_number ? found->second.get<std::uint32_t>() : 0;
}

// Modifiers first. They are pressed as what they are called, and not where they are: layouts differ.
std::vector<int> keysyms_of(const Chord& chord) {
  std::vector<int> keys;
  if (chord.ctrl) keys.push_back(keysym_number("Control_L"));
  if (chord.shift) keys.push_back(keysym_number("Shift_L"));
  keys.push_back(keysym_number(chord.key));
  return keys;
}

class KeyboardSession final : public PortalSession {
 public:
  explicit KeyboardSession(PortalKeyboardOptions options) : options_(std::move(options)) {}

  std::optional<std::string> why_not() const;
  Result<void> press(const Chord& chord, const std::function<void()>& wake);

  Result<void> open(PortalConnection& connection) override;
  void on_wake(PortalConnection& connection) override;
  void on_closed(const Error& why) override;

 private:
  Result<void> select(PortalConnection& connection);
  Result<void> start(PortalConnection& connection);
  void keep(const std::string& token) const;
  static Result<void> notify(PortalConnection& connection, int keysym, bool down);
  static Result<void> press_all(PortalConnection& connection, const std::vector<int>& keys);
  void set(std::optional<std::string> why_not);

  const PortalKeyboardOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<std::string> why_not_ = "the desktop has not said yet whether keys may be pressed";
  std::optional<Chord> wanted_;  // by press(), until the thread takes it
  std::optional<Result<void>> pressed_;
};

std::optional<std::string> KeyboardSession::why_not() const {
  const std::lock_guard lock(mutex_);
  return why_not_;
}

// Who waits for keys is told that there are none.
void KeyboardSession::set(std::optional<std::string> why_not) {
  const std::lock_guard lock(mutex_);
  why_not_ = std::move(why_not);
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
  const auto created = connection.open_session(kRemoteDesktop, {}, [](sdbus::Message& /*message*/) {});
  if (!created) return tl::unexpected(created.error());
  auto opened = select(connection);
  if (opened) opened = start(connection);
  if (opened) set({});
  return opened;
}

void KeyboardSession::on_closed(const Error& why) { set(why.message); }

// A token that is not known any more is ignored by the portal, which asks the user then.
Result<void> KeyboardSession::select(PortalConnection& connection) {
  PortalValues options;
  options["types"] = sdbus::Variant(kKeyboard);
  options["persist_mode"] = sdbus::Variant(kUntilRevoked);
  if (const auto token = read_file(options_.token_file); token && !token->empty())
    options["restore_token"] = sdbus::Variant(*token);
  const auto selected = connection.request(
      kRemoteDesktop, "SelectDevices",
      [&](sdbus::MethodCall& call) { call << sdbus::ObjectPath(connection.session()); }, std::move(options),
      kPortalAnswerLimit);
  return selected ? Result<void>() : tl::unexpected(selected.error());
}

Result<void> KeyboardSession::start(PortalConnection& connection) {
  const auto started = connection.request(
      kRemoteDesktop, "Start",
      [&](sdbus::MethodCall& call) { call << sdbus::ObjectPath(connection.session()) << std::string(); }, {},
      options_.dialog_limit);
  if (!started && started.error().kind == ErrorKind::timeout)
    return fail(ErrorKind::cancelled, "nobody answered whether keys may be pressed");
  if (!started && started.error().kind == ErrorKind::cancelled)
    return fail(ErrorKind::cancelled, "that keys are pressed was refused");
  if (!started) return tl::unexpected(started.error());
  if ((number_in(*started, "devices") & kKeyboard) == 0)
    return fail(ErrorKind::cancelled, "that keys are pressed was not granted");
  keep(portal_text(*started, "restore_token"));
  return {};
}

// Each is good for once. What cannot be kept costs a question at the next start.
void KeyboardSession::keep(const std::string& token) const {
  std::error_code ignored;
  if (token.empty()) {
    std::filesystem::remove(options_.token_file, ignored);
  } else if (make_private_folder(options_.token_file.parent_path())) {
    (void)write_file_atomically(options_.token_file, token);
  }
}

void KeyboardSession::on_wake(PortalConnection& connection) {
  std::optional<Chord> chord;
  {
    const std::lock_guard lock(mutex_);
    chord = std::exchange(wanted_, std::nullopt);
  }
  if (!chord) return;
  auto pressed = press_all(connection, keysyms_of(*chord));
  const std::lock_guard lock(mutex_);
  pressed_ = std::move(pressed);
  changed_.notify_all();
}

// What was pressed is let go, whatever happened.
Result<void> KeyboardSession::press_all(PortalConnection& connection, const std::vector<int>& keys) {
  if (std::find(keys.begin(), keys.end(), 0) != keys.end())
    return fail(ErrorKind::unavailable, "there is no such key");
  Result<void> result;
  std::vector<int> down;
  for (const int key : keys) {
    result = notify(connection, key, true);
    if (!result) break;
    down.push_back(key);
  }
  for (; !down.empty(); down.pop_back()) {
    if (auto let_go = notify(connection, down.back(), false); result && !let_go) result = let_go;
  }
  return result;
}

Result<void> KeyboardSession::notify(PortalConnection& connection, int keysym, bool down) {
  return connection.call(
      kRemoteDesktop, "NotifyKeyboardKeysym",
      [&](sdbus::MethodCall& call) {
        call << sdbus::ObjectPath(connection.session()) << PortalValues{} << std::int32_t{keysym}
             << std::uint32_t{down};
      },
      kKeyLimit);
}

class ThreadedKeyboard final : public PortalKeyboard {
 public:
  explicit ThreadedKeyboard(PortalKeyboardOptions options)
      : session_(std::make_shared<KeyboardSession>(std::move(options))),
        thread_("portal keyboard", session_) {}

  std::optional<std::string> why_not() const override { return session_->why_not(); }
  Result<void> press(const Chord& chord) override {
    return session_->press(chord, [this] { thread_.wake(); });
  }

 private:
  const std::shared_ptr<KeyboardSession> session_;
  PortalThread thread_;
};

}  // namespace

std::shared_ptr<PortalKeyboard> make_portal_keyboard(PortalKeyboardOptions options) {
  return std::make_shared<ThreadedKeyboard>(std::move(options));
}

}  // namespace diktate
