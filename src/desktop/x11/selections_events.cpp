// What the thread of the selections does by itself: with events, and when it is time.
#include <algorithm>
#include <utility>

#include <xcb/xcb.h>
#include <xcb/xfixes.h>

#include "desktop/x11/selections.h"

namespace diktate {
namespace {

template <class Event>
const Event& as(const void* event) {
  return *static_cast<const Event*>(event);
}

}  // namespace

void X11Selections::restore_later(Held& held, Nanoseconds grace) {
  const Instant now = SteadyClock().now();
  if (held.restore_at)
    grace = std::max(grace, *held.restore_at - now);  // keys of an earlier text may be late
  held.grace = grace;
  held.restore_at = now + grace;
  held.restore_at_last = now + std::max<Nanoseconds>(grace, kLongestGrace);
}

void X11Selections::restore(Held& held) {
  held.restore_at.reset();
  const XId now = server_time();  // another program may be seen to take it
  if (!held.is_owned) return;
  const SharedContent former = std::exchange(held.former, nullptr);
  if (former && !former->order.empty()) {
    held.is_former_served = own(held, former, now);
    return;
  }
  xcb_set_selection_owner(connection_->get(), XCB_NONE, held.atom, held.since);
  held.served = nullptr;
  held.is_owned = false;
}

// What is to be there after our end: what was there before us, or our text if it was to stay.
void X11Selections::back_up() {
  const Held& clipboard = held(SelectionName::clipboard);
  SharedContent content;
  if (clipboard.copier && clipboard.copier->custody() == Custody::copied)
    content = clipboard.copier->content();
  if (clipboard.is_owned) content = clipboard.is_ours() ? clipboard.former : clipboard.served;
  if (is_saved_) content = nullptr;
  if (content == backed_up_) return;
  backed_up_ = content;
  backup_.keep(content ? kept(*content) : KeptContent(), window_);
}

// To keep what was there before us (SAVE_TARGETS). A text of ours is none of its business.
bool X11Selections::ask_manager() {
  Held& clipboard = held(SelectionName::clipboard);
  if (clipboard.is_ours()) restore(clipboard);
  if (!clipboard.is_owned || !clipboard.is_former_served) return false;
  xcb_connection_t* raw = connection_->get();
  const XId manager = connection_->atom("CLIPBOARD_MANAGER");
  const auto owner =
      owned(xcb_get_selection_owner_reply(raw, xcb_get_selection_owner(raw, manager), nullptr));
  if (!owner || owner->owner == XCB_NONE) return false;
  const XId list = connection_->atom("DIKTATE_SAVE");
  connection_->set_property(window_, list, XProperty::of(XCB_ATOM_ATOM, clipboard.served->order));
  xcb_convert_selection(raw, window_, manager, connection_->atom("SAVE_TARGETS"), list, server_time());
  connection_->flush();
  return true;
}

// To the holder, so that whoever looks at the clipboard next finds it there.
void X11Selections::hand_over() {
  const Held& clipboard = held(SelectionName::clipboard);
  if (!clipboard.is_owned || is_saved_) return;
  back_up();
  xcb_set_selection_owner(connection_->get(), XCB_NONE, clipboard.atom, clipboard.since);
  (void)server_time();
  backup_.hand_over();
}

void X11Selections::on_saved(bool saved) {
  is_saved_ = saved;
  {
    const std::lock_guard lock(mutex_);
    manager_answered_ = true;
  }
  changed_.notify_all();
}

void X11Selections::on_time(Instant now) {
  server_.on_time(now);
  for (Held& held : helds_) {
    if (held.copier) held.copier->on_time(now);
    if (held.restore_at && *held.restore_at <= now) restore(held);
  }
  back_up();
}

std::optional<Instant> X11Selections::deadline() const {
  std::optional<Instant> first = server_.deadline();
  const auto add = [&](std::optional<Instant> other) {
    if (other && (!first || *other < *first)) first = other;
  };
  for (const Held& held : helds_) {
    add(held.restore_at);
    if (held.copier) add(held.copier->deadline());
  }
  return first;
}

void X11Selections::on_event(const void* event) {
  const int kind = as<xcb_generic_event_t>(event).response_type & ~kSentBit;
  if (kind == XCB_SELECTION_REQUEST) {
    on_request(event);
  } else if (kind == XCB_CLIENT_MESSAGE) {
    on_message(event);
  } else if (kind == XCB_DESTROY_NOTIFY) {
    end_pings([&](XId window) { return !exists(window); });
  } else if (kind == fixes_event_ + XCB_XFIXES_SELECTION_NOTIFY) {
    on_owner(event);
  } else if (kind == XCB_SELECTION_NOTIFY) {
    const auto& answer = as<xcb_selection_notify_event_t>(event);
    if (answer.requestor == window_) on_saved(answer.property != 0);
    for (Held& held : helds_)
      if (held.copier && held.copier->window() == answer.requestor)
        held.copier->on_answer(answer.target, answer.property);
  } else if (kind == XCB_PROPERTY_NOTIFY) {
    const auto& notice = as<xcb_property_notify_event_t>(event);
    const bool deleted = notice.state == XCB_PROPERTY_DELETE;
    if (notice.window == window_) now_ = notice.time;
    if (deleted) server_.on_deleted(notice.window, notice.atom);
    if (deleted) return;
    for (Held& held : helds_)
      if (held.copier && held.copier->window() == notice.window) held.copier->on_property(notice.atom);
  }
}

// The server numbers events with the last request of ours that it had done: whoever asked before the key was
// pressed can be told apart.
void X11Selections::on_request(const void* event) {
  const auto& asked = as<xcb_selection_request_event_t>(event);
  Held* held = held_of(asked.selection);
  if (held == nullptr) return;
  const SelectionRequest request{asked.time, asked.requestor, asked.selection, asked.target, asked.property};
  const auto number = as<xcb_generic_event_t>(event).full_sequence;
  const bool after_key = key_ && static_cast<std::int32_t>(number - *key_) >= 0;
  const bool by_us = connection_->same_client(asked.requestor, window_);  // it was another's when we asked
  const bool once = held->once > Nanoseconds::zero() && SteadyClock().now() < held->once_until &&
                    connection_->same_client(asked.requestor, target_);
  const bool had_it = once && held->is_given;
  server_.serve(request, held->is_owned && !by_us && !had_it ? held->served : nullptr, held->since,
                once || (after_key && held->is_ours()));
  if (held->restore_at) held->restore_at = std::min(SteadyClock().now() + held->grace, held->restore_at_last);
}

void X11Selections::on_text(XId requestor, bool taken) {
  const bool by_target = connection_->same_client(requestor, target_);
  if (!by_target) return change([](PasteState& state) { state.someone_asked = true; });
  for (Held& held : helds_) held.is_given = true;  // two keys may ask before either reads
  if (!taken) return change([](PasteState& state) { state.target_asked = true; });
  change([&](PasteState& state) { state.target_fetched = true; });
  end_pings([&](XId window) { return connection_->same_client(requestor, window); });
}

void X11Selections::on_owner(const void* event) {
  const auto& notice = as<xcb_xfixes_selection_notify_event_t>(event);
  Held* held = held_of(notice.selection);
  if (held == nullptr || notice.owner == window_) return;
  if (held->is_owned && !owns(*held)) {
    const bool was_text = held->is_ours();  // else what was there before, or a text that had been left there
    held->is_owned = held->is_former_served = held->is_kept = false;
    held->served = held->former = nullptr;
    held->restore_at.reset();
    const auto is_ours = [](const Held& one) { return one.is_ours(); };
    const bool none = std::none_of(helds_.begin(), helds_.end(), is_ours);
    const auto lose = [&](PasteState& state) { state.lost = true, state.all_lost = none; };
    if (was_text) change(lose);
  }
  if (held->is_owned) return;  // this was before it became ours
  held->copier.reset();
  if (held->wanted > 0) begin_copy(*held);
}

// Tells of windows that end, too: of one inside a window of the window manager's when that goes after it.
void X11Selections::listen_for_pongs(bool on) {
  const std::uint32_t events = on ? XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY : XCB_EVENT_MASK_NO_EVENT;
  xcb_change_window_attributes(connection_->get(), connection_->root(), XCB_CW_EVENT_MASK, &events);
}

void X11Selections::ping(XId window) {
  change([&](PasteState&) { pings_[window] = now_; });
  xcb_client_message_event_t message{};
  message.response_type = XCB_CLIENT_MESSAGE;
  message.format = 32;
  message.window = window;
  message.type = connection_->atom("WM_PROTOCOLS");
  message.data.data32[0] = connection_->atom("_NET_WM_PING");
  message.data.data32[1] = now_;
  message.data.data32[2] = window;
  xcb_send_event(connection_->get(), 0, window, XCB_EVENT_MASK_NO_EVENT,
                 static_cast<const char*>(static_cast<const void*>(&message)));
}

void X11Selections::end_pings(const std::function<bool(XId window)>& which) {
  auto left = pings_;
  if (std::erase_if(left, [&](const auto& ping) { return which(ping.first); }) == 0) return;
  change([&](PasteState&) { pings_ = left; });
  if (left.empty()) listen_for_pongs(false);
}

bool X11Selections::exists(XId window) {
  xcb_connection_t* raw = connection_->get();
  return owned(xcb_get_window_attributes_reply(raw, xcb_get_window_attributes(raw, window), nullptr)) !=
         nullptr;
}

void X11Selections::on_message(const void* event) {
  const auto& message = as<xcb_client_message_event_t>(event);
  const auto& data = message.data.data32;
  if (message.format != 32 || data[0] != connection_->atom("_NET_WM_PING")) return;
  if (message.window != connection_->root() || !pings_.contains(data[2])) return;
  const XId window = data[2];
  if (data[1] != pings_.at(window)) return;
  if (window == target_) change([](PasteState& state) { state.pong = SteadyClock().now(); });
  end_pings([&](XId pinged) { return pinged == window; });
}

}  // namespace diktate
