#include "desktop/x11/selections.h"

#include <algorithm>
#include <utility>

#include <xcb/xcb.h>
#include <xcb/xfixes.h>
#include <xcb/xtest.h>

#include "desktop/clipboard_holder.h"

namespace diktate {
namespace {

constexpr auto kManagerLimit = std::chrono::seconds(1);  // for a manager to have taken what it is to keep

constexpr const char* kAtomNames[] = {"CLIPBOARD", "PRIMARY"};

}  // namespace

X11Selections::X11Selections(std::unique_ptr<X11Connection> connection, const std::string& display,
                             const std::string& holder)
    : connection_(std::move(connection)),
      server_(*connection_, [this](XId requestor, bool taken) { on_text(requestor, taken); }),
      backup_(holder, kX11Holder, display),
      loop_(*connection_, "selections") {}

Result<std::unique_ptr<X11Selections>> X11Selections::open(const std::string& display,
                                                           const std::string& holder) {
  auto connection = X11Connection::open(display);
  if (!connection) return tl::unexpected(connection.error());
  std::unique_ptr<X11Selections> selections(new X11Selections(std::move(*connection), display, holder));
  if (auto started = selections->start(); !started) return tl::unexpected(started.error());
  return selections;
}

X11Selections::~X11Selections() {
  bool asked = false;
  if (is_started_) (void)loop_.call([&] { asked = ask_manager(); });
  std::unique_lock lock(mutex_);
  const auto is_over = [&] { return state_.gone || manager_answered_; };
  if (asked) changed_.wait_until(lock, SteadyClock().now() + kManagerLimit, is_over);
  lock.unlock();
  if (is_started_) (void)loop_.call([&] { hand_over(); });
}

Result<void> X11Selections::start() {
  for (const char* extension : {"XTEST", "XFIXES"}) {
    if (!connection_->has_extension(extension))
      return fail(ErrorKind::unavailable, std::string("the X server has no ") + extension);
  }
  xcb_connection_t* raw = connection_->get();
  window_ = connection_->make_hidden_window();
  const auto version =
      owned(xcb_xfixes_query_version_reply(raw, xcb_xfixes_query_version(raw, 5, 0), nullptr));
  if (!version) return tl::unexpected(connection_->gone());
  fixes_event_ = xcb_get_extension_data(raw, &xcb_xfixes_id)->first_event;
  for (std::size_t i = 0; i < helds_.size(); ++i) {
    helds_.at(i).atom = connection_->atom(kAtomNames[i]);
    xcb_xfixes_select_selection_input(raw, window_, helds_.at(i).atom,
                                      XCB_XFIXES_SELECTION_EVENT_MASK_SET_SELECTION_OWNER |
                                          XCB_XFIXES_SELECTION_EVENT_MASK_SELECTION_WINDOW_DESTROY |
                                          XCB_XFIXES_SELECTION_EVENT_MASK_SELECTION_CLIENT_CLOSE);
  }
  loop_.start({[this](const void* event) { on_event(event); }, [this] { return deadline(); },
               [this](Instant now) { on_time(now); },
               [this] { change([](PasteState& state) { state.gone = true; }); }});
  is_started_ = true;
  return {};
}

void X11Selections::change(const std::function<void(PasteState&)>& how) {
  const std::lock_guard lock(mutex_);
  how(state_);
  changed_.notify_all();
}

X11Selections::Held* X11Selections::held_of(XId atom) {
  for (Held& held : helds_)
    if (held.atom == atom) return &held;
  return nullptr;
}

void X11Selections::copy(SelectionName name) {
  (void)loop_.call([&] {
    Held& wanted = held(name);
    ++wanted.wanted;
    // One that was begun for an earlier take is of the same content.
    if (!wanted.copier || was_slow(wanted.copier->custody())) begin_copy(wanted);
  });
}

void X11Selections::forget_copy(SelectionName name) {
  (void)loop_.call([&] {
    if (--held(name).wanted == 0) held(name).copier.reset();
  });
}

// What is ours already need not be copied: former content that was given back, or a text that was to stay.
void X11Selections::begin_copy(Held& held) {
  if (held.is_owned) return;
  held.copier = std::make_unique<SelectionCopy>(*connection_, copy_window(held), held.atom);
}

// Each copy has a window of its own, so that no answer to another one comes between. An owner that is late
// must still find it: some end of an error.
XId X11Selections::copy_window(Held& held) {
  XId& place = held.copy_windows.at(held.copies++ % held.copy_windows.size());
  if (place != 0) connection_->destroy_window(place);
  return place = connection_->make_hidden_window();
}

Custody X11Selections::custody_of(const Held& held) const {
  if (held.is_owned) return Custody::copied;
  return held.copier ? held.copier->custody() : Custody::copying;
}

Custody X11Selections::custody(SelectionName name, Instant until, std::stop_token cancel) {
  auto custody = Custody::copying;
  const auto look = [&] {
    Held& asked = held(name);
    if (!asked.is_owned && !asked.copier) begin_copy(asked);
    custody = custody_of(asked);
  };
  const SteadyClock clock;
  while (loop_.call(look) && custody == Custody::copying) {
    if (clock.now() >= until || cancel.stop_requested()) break;
    clock.sleep_until(std::min(until, clock.now() + std::chrono::milliseconds(2)), cancel);
  }
  return custody;
}

// An answer to any question comes after the notice of the change.
XId X11Selections::server_time() {
  xcb_connection_t* raw = connection_->get();
  connection_->set_property(window_, connection_->atom("DIKTATE_TIME"), {XCB_ATOM_INTEGER, 32, {}});
  (void)owned(xcb_get_input_focus_reply(raw, xcb_get_input_focus(raw), nullptr));
  loop_.handle_read_events();
  return now_;
}

bool X11Selections::owns(const Held& held) {
  xcb_connection_t* raw = connection_->get();
  const auto owner =
      owned(xcb_get_selection_owner_reply(raw, xcb_get_selection_owner(raw, held.atom), nullptr));
  return owner && owner->owner == window_;
}

// Who took it after `now`, a time of the server, keeps it.
bool X11Selections::own(Held& held, SharedContent content, XId now) {
  held.copier.reset();
  held.since = now;
  held.served = std::move(content);
  held.once = {};
  held.is_given = false;
  xcb_set_selection_owner(connection_->get(), window_, held.atom, held.since);
  held.is_owned = owns(held);
  return held.is_owned;
}

Result<void> X11Selections::offer(std::span<const SelectionName> names, std::string_view text, XId window,
                                  Nanoseconds once) {
  bool taken = true;
  const auto called = loop_.call([&] {
    const SharedContent content = content_of(*connection_, text);
    const XId now = server_time();  // another program may be seen to take one
    // What came until now was of an earlier text.
    server_.count_no_more();
    change([](PasteState& state) { state = PasteState{.gone = state.gone}; });
    target_ = window;
    key_.reset();
    for (const SelectionName name : names) {
      Held& offered = held(name);
      if (name == SelectionName::clipboard && !may_take(custody_of(offered))) {
        taken = false;
        continue;
      }
      const bool holds_former = offered.is_ours();
      if (offered.is_owned && !holds_former) offered.former = offered.served;
      if (!offered.is_owned) offered.former = offered.copier ? offered.copier->content() : nullptr;
      offered.restore_at.reset();
      offered.is_former_served = offered.is_kept = false;
      taken = own(offered, content, now) && taken;
      offered.once = once;
      offered.once_until = SteadyClock().now() + once;
    }
  });
  if (!called) return tl::unexpected(called.error());
  if (!taken) return fail(ErrorKind::failed, "another program took the clipboard at that moment");
  return {};
}

Result<void> X11Selections::press(const PasteKeys& keys, XId pinged) {
  bool lost = false;
  auto pressed = loop_.call([&] {
    const bool pastes = keys.decisive < keys.strokes.size();
    lost =
        pastes && std::none_of(helds_.begin(), helds_.end(), [](const Held& one) { return one.is_ours(); });
    if (lost || (pastes && target_has_asked())) return;
    if (pinged != 0) listen_for_pongs(true);
    for (std::size_t i = 0; i < keys.strokes.size(); ++i) {
      const KeyStroke& stroke = keys.strokes[i];
      const auto cookie =
          xcb_test_fake_input(connection_->get(), stroke.down ? XCB_KEY_PRESS : XCB_KEY_RELEASE,
                              stroke.keycode, XCB_CURRENT_TIME, connection_->root(), 0, 0, 0);
      if (i == keys.decisive) key_ = cookie.sequence;
    }
    if (pinged != 0) ping(pinged);
    connection_->flush();
  });
  if (lost) return fail(ErrorKind::failed, "another program took the clipboard at that moment");
  return pressed;
}

bool X11Selections::target_has_asked() {
  const std::lock_guard lock(mutex_);
  return state_.target_asked;
}

Result<void> X11Selections::strike(std::span<const KeyStroke> strokes) {
  return press({strokes, strokes.size()}, 0);
}

PasteState X11Selections::wait(Instant until, const std::function<bool(const PasteState&)>& done,
                               std::stop_token cancel) {
  std::unique_lock lock(mutex_);
  changed_.wait_until(lock, cancel, until, [&] { return state_.gone || done(state_); });
  return state_;
}

// It is asked anew: the number may be that of another window by now. Answers come in order.
bool X11Selections::answers(XId window, Instant until, std::stop_token cancel) {
  (void)loop_.call([&] {
    if (pings_.contains(window)) (void)server_time();
    if (pings_.contains(window)) ping(window);
  });
  std::unique_lock lock(mutex_);
  return changed_.wait_until(lock, std::move(cancel), until,
                             [&] { return state_.gone || !pings_.contains(window); });
}

PasteState X11Selections::refuse() {
  (void)loop_.call([&] {
    for (Held& held : helds_)
      if (held.is_ours()) held.served = nullptr;
  });
  const std::lock_guard lock(mutex_);
  return state_;
}

void X11Selections::give_back(Nanoseconds grace) {
  (void)loop_.call([&] {
    for (Held& held : helds_)
      if (held.is_ours()) restore_later(held, grace);
  });
}

bool X11Selections::keep(Nanoseconds grace) {
  bool is_there = false;
  (void)loop_.call([&] {
    for (Held& held : helds_) {
      if (!held.is_ours()) continue;
      if (!held.served) {
        restore_later(held, grace);
        continue;
      }
      held.is_kept = true;
      held.restore_at.reset();
      held.former = nullptr;
      held.once_until = SteadyClock().now() + held.once;  // the keys are as unanswered as before
    }
    is_there = held(SelectionName::clipboard).is_kept;
  });
  return is_there;
}

bool X11Selections::alive() {
  const std::lock_guard lock(mutex_);
  return !state_.gone;
}

}  // namespace diktate
