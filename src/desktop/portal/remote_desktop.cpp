#include "desktop/portal/remote_desktop.h"

#include <algorithm>
#include <cstdint>
#include <system_error>
#include <utility>
#include <vector>

#include <sdbus-c++/sdbus-c++.h>

#include "base/files.h"
#include "desktop/portal/link.h"
#include "desktop/portal/trigger.h"

namespace diktate {
namespace {

constexpr std::uint32_t kKeyboard = 1;      // among the types of devices
constexpr std::uint32_t kUntilRevoked = 2;  // how long the permission is to last
constexpr auto kPortalAnswerLimit = std::chrono::seconds(5);
constexpr auto kPortalStartLimit = std::chrono::seconds(30);
constexpr auto kKeyLimit = std::chrono::milliseconds(500);

template <class Value>
Value value_in(const PortalValues& values, const std::string& name) {
  const auto found = values.find(name);
  const bool is_there = found != values.end() && found->second.containsValueOfType<Value>();
  return is_there ? found->second.get<Value>() : Value{};
}

// Modifiers first. They are pressed as what they are called, and not where they are: layouts differ.
std::vector<int> keysyms_of(const Chord& chord) {
  std::vector<int> keys;
  if (chord.ctrl) keys.push_back(keysym_number("Control_L"));
  if (chord.shift) keys.push_back(keysym_number("Shift_L"));
  keys.push_back(keysym_number(chord.key));
  return keys;
}

// A token that is not known any more is ignored by the portal, which asks the user then.
Result<void> select(PortalConnection& connection, const RemoteDesktopOptions& wanted) {
  PortalValues options;
  options["types"] = sdbus::Variant(kKeyboard);
  options["persist_mode"] = sdbus::Variant(kUntilRevoked);
  if (const auto token = read_file(wanted.token_file); token && !token->empty())
    options["restore_token"] = sdbus::Variant(*token);
  const auto selected = connection.request(
      kPortalRemoteDesktop, "SelectDevices",
      [&](sdbus::MethodCall& call) { call << sdbus::ObjectPath(connection.session()); }, std::move(options),
      kPortalAnswerLimit);
  return selected ? Result<void>() : tl::unexpected(selected.error());
}

// Before the session is started.
Result<void> request_clipboard(PortalConnection& connection) {
  return connection.call(
      kPortalClipboard, "RequestClipboard",
      [&](sdbus::MethodCall& call) { call << sdbus::ObjectPath(connection.session()) << PortalValues{}; },
      kPortalAnswerLimit);
}

// Each is good for once. What cannot be kept costs a question at the next start.
void keep(const std::filesystem::path& file, const std::string& token) {
  std::error_code ignored;
  if (token.empty()) {
    std::filesystem::remove(file, ignored);
  } else if (make_private_folder(file.parent_path())) {
    (void)write_file_atomically(file, token);
  }
}

Result<void> start(PortalConnection& connection, const RemoteDesktopOptions& options, bool with_clipboard) {
  const auto started = connection.request(
      kPortalRemoteDesktop, "Start",
      [&](sdbus::MethodCall& call) { call << sdbus::ObjectPath(connection.session()) << std::string(); }, {},
      options.dialog_limit);
  if (!started && started.error().kind == ErrorKind::timeout)
    return fail(ErrorKind::cancelled, "nobody answered whether keys may be pressed");
  if (!started && started.error().kind == ErrorKind::cancelled)
    return fail(ErrorKind::cancelled, "that keys are pressed was refused");
  if (!started) return tl::unexpected(started.error());
  if ((value_in<std::uint32_t>(*started, "devices") & kKeyboard) == 0)
    return fail(ErrorKind::cancelled, "that keys are pressed was not granted");
  if (with_clipboard && !value_in<bool>(*started, "clipboard_enabled"))
    return fail(ErrorKind::cancelled, "the use of the clipboard was not granted");
  keep(options.token_file, portal_text(*started, "restore_token"));
  return {};
}

Result<void> notify(PortalConnection& connection, int keysym, bool down) {
  return connection.call(
      kPortalRemoteDesktop, "NotifyKeyboardKeysym",
      [&](sdbus::MethodCall& call) {
        call << sdbus::ObjectPath(connection.session()) << PortalValues{} << std::int32_t{keysym}
             << std::uint32_t{down};
      },
      kKeyLimit);
}

}  // namespace

Result<void> open_remote_desktop(PortalConnection& connection, const RemoteDesktopOptions& options,
                                 bool with_clipboard) {
  const auto created = connection.open_session(kPortalRemoteDesktop, {});
  if (!created) return tl::unexpected(created.error());
  if (auto selected = select(connection, options); !selected) return selected;
  if (auto requested = with_clipboard ? request_clipboard(connection) : Result<void>(); !requested)
    return requested;
  return start(connection, options, with_clipboard);
}

Result<void> press_by_portal(PortalConnection& connection, const Chord& chord) {
  const std::vector<int> keys = keysyms_of(chord);
  if (std::find(keys.begin(), keys.end(), 0) != keys.end())
    return fail(ErrorKind::unavailable, "there is no such key");
  Result<void> result;
  std::vector<int> down;
  for (const int key : keys) {
    down.push_back(key);  // also if that fails: a portal that is slow may press it later
    result = notify(connection, key, true);
    if (!result) break;
  }
  for (; !down.empty(); down.pop_back()) {
    if (auto let_go = notify(connection, down.back(), false); result && !let_go) result = let_go;
  }
  return result;
}

// Portals say in several ways that they do not have one.
Result<void> portal_has(PortalConnection& connection, const std::string& interface) {
  const auto answers = connection.call(
      "org.freedesktop.DBus.Peer", "Ping", [](sdbus::MethodCall& /*call*/) {}, kPortalStartLimit);
  if (!answers) return answers;
  const auto has = connection.call(
      "org.freedesktop.DBus.Properties", "Get",
      [&](sdbus::MethodCall& call) { call << interface << std::string("version"); }, kPortalAnswerLimit);
  if (has || has.error().kind == ErrorKind::timeout || has.error().kind == ErrorKind::cancelled) return has;
  return fail(ErrorKind::unavailable,
              "the desktop portal of this session has no " + interface.substr(interface.rfind('.') + 1));
}

}  // namespace diktate
