#include "desktop/wayland/session.h"

#include <algorithm>
#include <utility>

#include "desktop/clipboard_holder.h"
#include "desktop/processes.h"
#include "desktop/wayland/typing.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;

constexpr auto kFocusAnswerLimit = milliseconds(200);  // for a compositor that is busy

}  // namespace

WaylandSession::WaylandSession(std::unique_ptr<WaylandConnection> connection, const std::string& display,
                               const std::string& holder)
    : connection_(std::move(connection)), backup_(holder, kWaylandHolder, display), loop_(*connection_) {}

Result<std::shared_ptr<WaylandSession>> WaylandSession::open(const std::string& display,
                                                             const std::vector<std::string>& ignored_globals,
                                                             const std::string& holder) {
  auto connection = WaylandConnection::open(display, ignored_globals);
  if (!connection) return tl::unexpected(connection.error());
  const std::shared_ptr<WaylandSession> session(new WaylandSession(std::move(*connection), display, holder));
  if (auto started = session->start(); !started) return tl::unexpected(started.error());
  return session;
}

Result<void> WaylandSession::start() {
  const WaylandGlobals& globals = connection_->globals();
  if (globals.data_control == nullptr || globals.seat == nullptr)
    return fail(ErrorKind::unavailable, std::string("the Wayland compositor offers ") +
                                            (globals.virtual_keyboards == nullptr
                                                 ? "neither data control (ext or wlr) nor a virtual keyboard"
                                                 : "no data control (ext or wlr)") +
                                            ": text cannot be inserted there");
  toplevels_ = std::make_unique<Toplevels>(globals.toplevels);
  clipboard_ = std::make_unique<WaylandClipboard>(
      *connection_,
      WaylandClipboard::Listeners{
          [this](int pipe) { on_fetched(pipe); },
          [this](bool asked) { watch_->change([&](FetchState& state) { state.asked = asked; }); },
          [this] { watch_->change([](FetchState& state) { state.lost = true; }); },
          [this](const SharedMime& content) { backup_.keep(content ? kept(*content) : KeptContent()); }});
  loop_.start("wayland",
              {[this] { return clipboard_->descriptors(); }, [this] { return clipboard_->deadline(); },
               [this](Instant now) { clipboard_->on_wake(now); },
               [this] { watch_->change([](FetchState& state) { state.gone = true; }); }});
  return {};
}

// What the compositor says of windows arrives before its answer.
Toplevel WaylandSession::focused_now() {
  return connection_->round_trip(kFocusAnswerLimit) ? toplevels_->focused() : Toplevel{};
}

Toplevel WaylandSession::focus() {
  Toplevel focused;
  (void)loop_.call([&] { focused = focused_now(); });
  return focused;
}

// It stays: were it made for each text, programs would read its keymap each time.
void WaylandSession::make_keyboard() {
  if (keyboard_ || portal_) return;
  auto made =
      keymap_.and_then([&](const Keymap& keymap) { return VirtualKeyboard::make(*connection_, keymap); });
  if (made) {
    keyboard_ = std::move(*made);
  } else {
    no_keys_ = made.error().message;
  }
}

Toplevel WaylandSession::begin() {
  Toplevel focused;
  (void)loop_.call([&] {
    make_keyboard();
    focused = focused_now();
    clipboard_->copy();
  });
  return focused;
}

void WaylandSession::forget() {
  (void)loop_.call([&] { clipboard_->forget_copy(); });
}

Custody WaylandSession::custody_now() {
  auto custody = Custody::unreadable;
  (void)loop_.call([&] { custody = clipboard_->custody(); });
  return custody;
}

std::optional<std::string> WaylandSession::why_no_paste() {
  if (portal_) return portal_->why_not();
  if (connection_->globals().toplevels == nullptr)
    return "the compositor does not tell which window has the focus";
  std::optional<std::string> why;
  (void)loop_.call([&] {
    make_keyboard();
    if (!keyboard_) why = no_keys_;
  });
  return why;
}

Result<Custody> WaylandSession::offer(std::string_view text, std::vector<int> target) {
  Result<Custody> offered;
  const auto called = loop_.call([&] {
    target_ = std::move(target);
    watch_->change([](FetchState& state) { state = FetchState{.gone = state.gone}; });
    offered = clipboard_->offer(text);
    (void)connection_->round_trip(kFocusAnswerLimit);  // it is there now, or another program's is
  });
  if (!called) return tl::unexpected(called.error());
  return offered;
}

Result<void> WaylandSession::count_fetches() {
  return loop_.call([&] {
    clipboard_->count_fetches();
    (void)connection_->round_trip(kFocusAnswerLimit);
  });
}

// The portal's keys come to the compositor by another way than our requests: it has to have done those
// before.
Result<void> WaylandSession::press_by_portal(const Chord& chord) {
  const auto counted = count_fetches();
  return counted ? portal_->press(chord) : counted;
}

Result<void> WaylandSession::press(const Chord& chord) {
  if (portal_) return press_by_portal(chord);
  Instant ready;
  if (auto asked = loop_.call([&] { ready = keyboard_->ready_at(); }); !asked) return asked;
  (void)SteadyClock().sleep_until(ready, {});
  Result<void> pressed;
  const auto called = loop_.call([&] {
    pressed = keyboard_->press(chord);
    if (pressed) clipboard_->count_fetches();
  });
  return called ? pressed : called;
}

Result<bool> WaylandSession::type(std::string_view text, const std::function<bool()>& may_go_on) {
  return type_text(loop_, *connection_, text, may_go_on);
}

void WaylandSession::refuse() {
  (void)loop_.call([&] { clipboard_->refuse(); });
}

void WaylandSession::on_fetched(int pipe) {
  const bool by_target = hold_pipe(target_, pipe);
  watch_->change([&](FetchState& state) { (by_target ? state.target : state.someone) = true; });
}

void WaylandSession::give_back(Nanoseconds grace) {
  (void)loop_.call([&] { clipboard_->give_back(grace); });
}

void WaylandSession::keep() {
  (void)loop_.call([&] { clipboard_->keep(); });
}

}  // namespace diktate
