#include "desktop/x11/hotkeys.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <xcb/xcb.h>

#include "base/files.h"
#include "desktop/event_times.h"
#include "desktop/x11/grabs.h"

namespace diktate {
namespace {

constexpr std::uint32_t kChordModifiers = XCB_MOD_MASK_SHIFT | XCB_MOD_MASK_CONTROL | XCB_MOD_MASK_1 |
                                          XCB_MOD_MASK_3 | XCB_MOD_MASK_4 | XCB_MOD_MASK_5 | XCB_MOD_MASK_2;

class X11Hotkeys final : public Hotkeys {
 public:
  X11Hotkeys(X11HotkeyOptions options, const Clock& clock, std::unique_ptr<X11Connection> connection)
      : options_(std::move(options)), clock_(clock), connection_(std::move(connection)) {
    for (HotkeyBinding& binding : options_.bindings) keys_.push_back({binding.action, binding.chord});
    keys_.push_back({"cancel", options_.cancel});
  }

  Result<void> open();

  int descriptor() const override { return poller_.get(); }
  Result<std::vector<HotkeyEvent>> events() override;
  Result<void> listen_for_cancel(bool on) override;
  bool any_down() const override {
    return std::any_of(keys_.begin(), keys_.end(), [](const Key& key) { return key.is_down; });
  }
  void doubt_down() override;
  std::string name() const override { return "x11"; }

 private:
  struct Key {
    std::string action;
    Chord chord;
    GrabbedKey known;  // when it was grabbed last
    bool is_grabbed = false;
    bool is_down = false;     // the key itself
    bool is_pressed = false;  // the chord, until the first of its keys rises
  };

  struct Noted {
    HotkeyEvent event;                // its time: when it was read
    std::optional<Nanoseconds> time;  // by the server's clock; none: no key moved
  };

  Result<void> read_keyboard();
  Result<void> grab_key(Key& key);
  void ungrab_key(Key& key, std::uint32_t locks);
  Result<void> grab_all();
  Result<void> follow_layout();
  void collect();
  void take(const void* event);
  void take_press(std::uint8_t keycode, std::uint32_t modifiers);
  void take_release(std::uint8_t keycode);
  void note(Key& key, bool pressed, std::optional<Nanoseconds> time);
  void read_time(XId milliseconds);
  std::vector<HotkeyEvent> timed();

  X11HotkeyOptions options_;
  const Clock& clock_;
  const std::unique_ptr<X11Connection> connection_;
  std::unique_ptr<X11Keyboard> keyboard_;
  std::uint32_t locks_ = 0;
  std::vector<Key> keys_;  // the last one cancels
  bool cancels_ = false;
  std::optional<std::uint8_t> grabbing_;  // the key that grabbed the keyboard by going down
  bool layout_changed_ = false;
  std::vector<Noted> events_;
  EventTimes times_;
  Nanoseconds time_{};  // of the last event, by the server's clock
  UniqueFd noted_;      // an eventfd: what came is not shown by the connection any more
  UniqueFd poller_;     // an epoll of both
};

Result<void> X11Hotkeys::open() {
  if (auto read = read_keyboard(); !read) return read;
  if (!X11Keyboard::tell_repeats(*connection_))
    return fail(ErrorKind::unavailable,
                "the X server cannot tell a held key from one pressed again and again");
  if (auto grabbed = grab_all(); !grabbed) return grabbed;
  noted_ = UniqueFd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  poller_ = UniqueFd(epoll_create1(EPOLL_CLOEXEC));
  epoll_event readable{EPOLLIN, {}};
  if (epoll_ctl(poller_.get(), EPOLL_CTL_ADD, noted_.get(), &readable) != 0 ||
      epoll_ctl(poller_.get(), EPOLL_CTL_ADD, connection_->descriptor(), &readable) != 0)
    return fail(ErrorKind::failed, "the X display cannot be waited for");
  collect();
  return {};
}

Result<void> X11Hotkeys::read_keyboard() {
  auto keyboard = X11Keyboard::read(*connection_);
  if (!keyboard) return tl::unexpected(keyboard.error());
  keyboard_ = std::move(*keyboard);
  locks_ = keyboard_->locks();
  return {};
}

Result<void> X11Hotkeys::grab_key(Key& key) {
  const auto known = key_of(key.chord, *keyboard_);
  if (!known) return tl::unexpected(known.error());
  if (auto grabbed = grab(*connection_, *known, locks_, to_string(key.chord)); !grabbed) return grabbed;
  key.known = *known;
  key.is_grabbed = true;
  return {};
}

// If it is down it will still be seen to rise: an active grab goes on.
void X11Hotkeys::ungrab_key(Key& key, std::uint32_t locks) {
  if (std::exchange(key.is_grabbed, false)) ungrab(*connection_, key.known, locks);
}

// A key that stays where it was is not let go for an instant.
Result<void> X11Hotkeys::follow_layout() {
  const std::uint32_t locks = locks_;
  if (auto read = read_keyboard(); !read) return read;
  for (Key& key : keys_) {
    const auto now = key_of(key.chord, *keyboard_);
    const bool stays = now && key.is_grabbed && locks == locks_ && now->keycode == key.known.keycode &&
                       now->modifiers == key.known.modifiers;
    if (stays) continue;
    if (key.is_pressed) note(key, false, {});
    key.is_down = false;
    ungrab_key(key, locks);
  }
  return grab_all();
}

Result<void> X11Hotkeys::grab_all() {
  for (Key& key : keys_) {
    if (key.is_grabbed || (&key == &keys_.back() && !cancels_)) continue;
    if (auto grabbed = grab_key(key); !grabbed) return grabbed;
  }
  return {};
}

Result<void> X11Hotkeys::listen_for_cancel(bool on) {
  if (on == cancels_) return {};
  if (!connection_->alive()) return tl::unexpected(connection_->gone());
  Key& key = keys_.back();
  if (!on) ungrab_key(key, locks_);
  const auto grabbed = on ? grab_key(key) : Result<void>();
  cancels_ = on && grabbed;
  collect();
  return grabbed;
}

// While an answer was waited for events may have come, which poll() would not see any more.
void X11Hotkeys::collect() {
  bool any = false;
  while (auto event = owned(xcb_poll_for_event(connection_->get()))) {
    take(event.get());
    any = true;
  }
  const std::uint64_t one = 1;
  if (any) [[maybe_unused]]
    const auto written = write(noted_.get(), &one, sizeof one);
}

Result<std::vector<HotkeyEvent>> X11Hotkeys::events() {
  collect();
  if (std::exchange(layout_changed_, false)) {
    if (auto followed = follow_layout(); !followed) return tl::unexpected(followed.error());
    collect();
  }
  std::uint64_t count = 0;
  [[maybe_unused]] const auto bytes = read(noted_.get(), &count, sizeof count);
  if (events_.empty() && !connection_->alive()) return tl::unexpected(connection_->gone());
  return timed();
}

std::vector<HotkeyEvent> X11Hotkeys::timed() {
  std::vector<HotkeyEvent> events;
  for (Noted& noted : std::exchange(events_, {})) {
    if (noted.time) noted.event.at = times_.at(*noted.time, noted.event.at);
    events.push_back(std::move(noted.event));
  }
  return events;
}

// The server's clock begins anew every 49 days.
void X11Hotkeys::read_time(XId milliseconds) {
  const auto before = static_cast<XId>(std::chrono::duration_cast<std::chrono::milliseconds>(time_).count());
  time_ += std::chrono::milliseconds(static_cast<std::int32_t>(milliseconds - before));
  times_.read(time_, clock_.now());
}

void X11Hotkeys::take(const void* event) {
  const int kind = static_cast<const xcb_generic_event_t*>(event)->response_type & 0x7F;
  const auto& key = *static_cast<const xcb_key_press_event_t*>(event);
  if (kind == XCB_KEY_PRESS || kind == XCB_KEY_RELEASE) read_time(key.time);
  if (kind == XCB_KEY_PRESS) {
    take_press(key.detail, key.state & kChordModifiers & ~locks_);
  } else if (kind == XCB_KEY_RELEASE) {
    take_release(key.detail);
  } else if (kind != 0 && X11Keyboard::is_change(*connection_, event)) {
    layout_changed_ = true;
  }
}

// The first key to go down grabs the keyboard for us: until it rises the server sends us everything, and
// whoever wants to cancel presses Escape with the modifiers of that key.
void X11Hotkeys::take_press(std::uint8_t keycode, std::uint32_t modifiers) {
  if (!grabbing_) grabbing_ = keycode;
  for (Key& key : keys_) {
    const bool any_modifiers = &key == &keys_.back() && *grabbing_ != keycode;
    const bool is_it =
        key.is_grabbed && key.known.keycode == keycode && (any_modifiers || key.known.modifiers == modifiers);
    if (!is_it || key.is_down) continue;  // down already: it repeats
    key.is_down = true;
    note(key, true, time_);
  }
}

// When the key that grabbed the keyboard has risen, no other is seen to rise.
void X11Hotkeys::take_release(std::uint8_t keycode) {
  const bool is_last = grabbing_ == keycode;
  for (Key& key : keys_) {
    if (!key.is_down) continue;
    const bool rises = is_last || key.known.keycode == keycode;
    if (key.is_pressed && (rises || keyboard_->is_modifier(keycode, key.known.modifiers)))
      note(key, false, time_);
    if (rises) key.is_down = false;
  }
  if (is_last) grabbing_.reset();
}

void X11Hotkeys::doubt_down() {
  collect();
  const auto map =
      owned(xcb_query_keymap_reply(connection_->get(), xcb_query_keymap(connection_->get()), nullptr));
  for (Key& key : keys_) {
    const std::uint8_t keycode = key.known.keycode;
    if (!map || !key.is_down || (map->keys[keycode / 8] >> (keycode % 8) & 1) != 0) continue;
    if (key.is_pressed) note(key, false, {});
    key.is_down = false;
    if (grabbing_ == keycode) grabbing_.reset();
  }
  collect();
}

void X11Hotkeys::note(Key& key, bool pressed, std::optional<Nanoseconds> time) {
  key.is_pressed = pressed;
  events_.push_back({{key.action, pressed, clock_.now()}, time});
}

}  // namespace

Result<std::unique_ptr<Hotkeys>> make_x11_hotkeys(X11HotkeyOptions options, const Clock& clock) {
  for (const HotkeyBinding& binding : options.bindings) {
    if (const auto known = keysym_of(binding.chord); !known) return tl::unexpected(known.error());
  }
  auto connection = X11Connection::open(options.display);
  if (!connection) return tl::unexpected(connection.error());
  auto hotkeys = std::make_unique<X11Hotkeys>(std::move(options), clock, std::move(*connection));
  if (auto opened = hotkeys->open(); !opened) return tl::unexpected(opened.error());
  return hotkeys;
}

}  // namespace diktate
