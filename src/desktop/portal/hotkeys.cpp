#include "desktop/portal/hotkeys.h"

#include <algorithm>
#include <utility>

#include <sdbus-c++/sdbus-c++.h>

#include "desktop/portal/connection.h"
#include "desktop/portal/key_log.h"
#include "desktop/portal/link.h"
#include "desktop/portal/session_thread.h"
#include "desktop/portal/trigger.h"

namespace diktate {
namespace {

constexpr const char* kShortcuts = "org.freedesktop.portal.GlobalShortcuts";
constexpr const char* kNoKey =
    "the desktop has no key for dictation yet: choose one in its settings for shortcuts";
constexpr const char* kWayOut =
    ": bind 'diktate toggle' to a key of your desktop ('diktate hotkeys setup' says how)";

using Shortcuts = std::vector<sdbus::Struct<std::string, PortalValues>>;

Shortcuts shortcuts_in(const PortalValues& answer) {
  const auto found = answer.find("shortcuts");
  const bool is_list = found != answer.end() && found->second.containsValueOfType<Shortcuts>();
  return is_list ? found->second.get<Shortcuts>() : Shortcuts{};
}

// Who does not answer is not asked again and again.
Error refusal(const Error& error) {
  if (error.kind == ErrorKind::cancelled) return {error.kind, "the keys for dictation were refused"};
  if (error.kind != ErrorKind::timeout) return error;
  return {ErrorKind::cancelled, "nobody answered whether there may be keys for dictation"};
}

class ShortcutSession final : public PortalSession {
 public:
  explicit ShortcutSession(PortalHotkeyOptions options) : options_(std::move(options)) {}

  KeyLog& log() { return log_; }

  Result<void> open(PortalConnection& connection) override {
    PortalValues options;
    options["shortcuts"] = sdbus::Variant(wanted());  // KDE 5.27 reads them here, and others not at all
    const auto heard = connection.hear(kShortcuts, [this, &connection](sdbus::Message& message) {
      on_signal(message, connection.session());
    });
    if (!heard) return tl::unexpected(heard.error());
    const auto opened = connection.open_session(kShortcuts, std::move(options));
    if (!opened) return tl::unexpected(opened.error());
    // What KDE has bound with that it would only show in its settings, at every start.
    const Shortcuts early = shortcuts_in(*opened);
    return !early.empty() && show(early) ? Result<void>() : bind(connection);
  }
  void on_wake(PortalConnection& /*connection*/) override {}
  void on_closed(const Error& why) override { log_.set({false, why.message + kWayOut, {}}); }

 private:
  Shortcuts wanted() const;
  Result<void> bind(PortalConnection& connection);
  bool show(const Shortcuts& bound);
  void on_signal(sdbus::Message& message, const std::string& session);

  const PortalHotkeyOptions options_;
  KeyLog log_;
};

// A key without a modifier would be taken from every program, all the time.
Shortcuts ShortcutSession::wanted() const {
  Shortcuts wanted;
  for (const PortalShortcut& shortcut : options_.shortcuts) {
    const Chord& chord = shortcut.chord;
    PortalValues values;
    values["description"] = sdbus::Variant(shortcut.description);
    if (chord.ctrl || chord.alt || chord.super)
      values["preferred_trigger"] = sdbus::Variant(portal_trigger(chord).value_or(""));
    wanted.emplace_back(shortcut.action, values);
  }
  return wanted;
}

Result<void> ShortcutSession::bind(PortalConnection& connection) {
  const auto answer = connection.request(
      kShortcuts, "BindShortcuts",
      [&](sdbus::MethodCall& call) {
        call << sdbus::ObjectPath(connection.session()) << wanted() << std::string();
      },
      {}, options_.dialog_limit);
  if (!answer) return tl::unexpected(refusal(answer.error()));
  show(shortcuts_in(*answer));
  return {};
}

// Whether there is a key. KDE answers before the user has chosen, and tells of it later.
bool ShortcutSession::show(const Shortcuts& bound) {
  const std::string& first = options_.shortcuts.front().action;
  const auto found = std::find_if(bound.begin(), bound.end(),
                                  [&](const auto& shortcut) { return shortcut.template get<0>() == first; });
  const bool is_bound = found != bound.end();
  const std::string keys = is_bound ? portal_text(found->get<1>(), "trigger_description") : "";
  const bool has_key = is_bound && (!keys.empty() || found->get<1>().count("trigger_description") == 0);
  log_.set(has_key ? HotkeyState{true, {}, keys} : HotkeyState{false, kNoKey, {}});
  return has_key;
}

void ShortcutSession::on_signal(sdbus::Message& message, const std::string& session) {
  const std::string member = message.getMemberName();
  sdbus::ObjectPath of_session;
  message >> of_session;
  if (of_session != session) return;
  if (member == "ShortcutsChanged") {
    Shortcuts changed;
    message >> changed;
    show(changed);
    return;
  }
  std::string action;
  message >> action;
  const auto known = [&](const PortalShortcut& shortcut) { return shortcut.action == action; };
  if (std::none_of(options_.shortcuts.begin(), options_.shortcuts.end(), known)) return;
  if (member == "Activated" && !log_.state().listening && action == options_.shortcuts.front().action)
    log_.set({});  // it has a key after all
  if (member == "Activated") log_.turn(action, true, SteadyClock().now());
  if (member == "Deactivated") log_.turn(action, false, SteadyClock().now());
}

class PortalHotkeys final : public Hotkeys {
 public:
  explicit PortalHotkeys(PortalHotkeyOptions options)
      : session_(std::make_shared<ShortcutSession>(std::move(options))), thread_("portal keys", session_) {}

  int descriptor() const override { return session_->log().descriptor(); }
  Result<std::vector<HotkeyEvent>> events() override { return session_->log().take(); }
  Result<void> listen_for_cancel(bool on) override {
    session_->log().listen_for_cancel(on);
    return {};
  }
  bool any_down() const override { return session_->log().any_down(); }
  void doubt_down() override { session_->log().forget_down(); }
  HotkeyState state() const override { return session_->log().state(); }
  std::string name() const override { return "portal"; }

 private:
  const std::shared_ptr<ShortcutSession> session_;
  PortalThread thread_;
};

}  // namespace

Result<std::unique_ptr<Hotkeys>> make_portal_hotkeys(PortalHotkeyOptions options) {
  for (const PortalShortcut& shortcut : options.shortcuts) {
    if (const auto known = portal_trigger(shortcut.chord); !known) return tl::unexpected(known.error());
  }
  return std::make_unique<PortalHotkeys>(std::move(options));
}

bool portal_has_shortcuts() {
  PortalWaker waker;
  auto connection = PortalConnection::open(waker);
  if (!connection) return false;
  constexpr auto kLimit = std::chrono::seconds(30);
  return (*connection)
      ->call(
          "org.freedesktop.DBus.Properties", "Get",
          [](sdbus::MethodCall& call) { call << std::string(kShortcuts) << std::string("version"); }, kLimit)
      .has_value();
}

}  // namespace diktate
