#include "desktop/x11/hotkeys.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <xcb/xcb.h>

#include "base/files.h"
#include "desktop/x11/grabs.h"

namespace diktate {
namespace {

constexpr std::uint32_t kChordModifiers = XCB_MOD_MASK_SHIFT | XCB_MOD_MASK_CONTROL | XCB_MOD_MASK_1 |
                                          XCB_MOD_MASK_3 | XCB_MOD_MASK_4 | XCB_MOD_MASK_5 | XCB_MOD_MASK_2;

class X11Hotkeys final : public Hotkeys {
 public:
  X11Hotkeys(X11HotkeyOptions options, const Clock& clock, std::unique_ptr<X11Connection> connection)
      : options_(std::move(options)), clock_(clock), connection_(std::move(connection)) {
    for (HotkeyBinding& binding : options_.bindings) keys_.push_back({binding.action, binding.chord, {}});
    keys_.push_back({"cancel", options_.cancel, {}});
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
    std::optional<GrabbedKey> grabbed;
    bool is_down = false;     // the key itself
    bool is_pressed = false;  // the chord, until the first of its keys rises
  };

  Result<void> read_keyboard();
  Result<void> grab_key(Key& key);
  void ungrab_key(Key& key);
  Result<void> grab_all();
  Result<void> follow_layout();
  void collect();
  void take(const void* event);
  void take_press(std::uint8_t keycode, std::uint32_t modifiers);
  void take_release(std::uint8_t keycode);
  void note(Key& key, bool pressed);

  X11HotkeyOptions options_;
  const Clock& clock_;
  const std::unique_ptr<X11Connection> connection_;
  std::unique_ptr<X11Keyboard> keyboard_;
  std::uint32_t locks_ = 0;
  std::vector<Key> keys_;  // the last one cancels
  bool cancels_ = false;
  bool layout_changed_ = false;
  std::vector<HotkeyEvent> events_;
  UniqueFd noted_;   // an eventfd: events_ has some that the connection does not show any more
  UniqueFd poller_;  // an epoll of both
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
  key.grabbed = *known;
  return {};
}

void X11Hotkeys::ungrab_key(Key& key) {
  if (key.grabbed) ungrab(*connection_, *key.grabbed, locks_);
  key.grabbed.reset();
}

// A key that stays where it was is not let go for an instant.
Result<void> X11Hotkeys::follow_layout() {
  const std::uint32_t locks = locks_;
  if (auto read = read_keyboard(); !read) return read;
  for (Key& key : keys_) {
    const auto now = key_of(key.chord, *keyboard_);
    const bool stays = now && key.grabbed && locks == locks_ && now->keycode == key.grabbed->keycode &&
                       now->modifiers == key.grabbed->modifiers;
    if (stays) continue;
    if (key.is_pressed) note(key, false);
    key.is_down = false;
    if (key.grabbed) ungrab(*connection_, *key.grabbed, locks);
    key.grabbed.reset();
  }
  return grab_all();
}

Result<void> X11Hotkeys::grab_all() {
  for (Key& key : keys_) {
    if (key.grabbed || (&key == &keys_.back() && !cancels_)) continue;
    if (auto grabbed = grab_key(key); !grabbed) return grabbed;
  }
  return {};
}

Result<void> X11Hotkeys::listen_for_cancel(bool on) {
  if (on == cancels_) return {};
  if (!connection_->alive()) return tl::unexpected(connection_->gone());
  Key& key = keys_.back();
  if (!on) ungrab_key(key);
  const auto grabbed = on ? grab_key(key) : Result<void>();
  cancels_ = on && grabbed;
  collect();
  return grabbed;
}

// While an answer was waited for events may have come, which poll() would not see any more.
void X11Hotkeys::collect() {
  while (auto event = owned(xcb_poll_for_event(connection_->get()))) take(event.get());
  const std::uint64_t one = 1;
  if (!events_.empty() || layout_changed_) [[maybe_unused]]
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
  return std::exchange(events_, {});
}

void X11Hotkeys::take(const void* event) {
  const int kind = static_cast<const xcb_generic_event_t*>(event)->response_type & 0x7F;
  const auto& key = *static_cast<const xcb_key_press_event_t*>(event);
  if (kind == XCB_KEY_PRESS) {
    take_press(key.detail, key.state & kChordModifiers & ~locks_);
  } else if (kind == XCB_KEY_RELEASE) {
    take_release(key.detail);
  } else if (kind != 0 && X11Keyboard::is_change(*connection_, event)) {
    layout_changed_ = true;
  }
}

void X11Hotkeys::take_press(std::uint8_t keycode, std::uint32_t modifiers) {
  for (Key& key : keys_) {
    const bool is_it = key.grabbed && key.grabbed->keycode == keycode && key.grabbed->modifiers == modifiers;
    if (!is_it || key.is_down) continue;  // down already: it repeats
    key.is_down = true;
    note(key, true);
  }
}

// The server sends everything to us until the key itself rises, modifiers too.
void X11Hotkeys::take_release(std::uint8_t keycode) {
  for (Key& key : keys_) {
    if (!key.is_down || !key.grabbed) continue;
    const bool is_itself = key.grabbed->keycode == keycode;
    if (key.is_pressed && (is_itself || keyboard_->is_modifier(keycode, key.grabbed->modifiers)))
      note(key, false);
    if (is_itself) key.is_down = false;
  }
}

void X11Hotkeys::doubt_down() {
  collect();
  const auto map =
      owned(xcb_query_keymap_reply(connection_->get(), xcb_query_keymap(connection_->get()), nullptr));
  for (Key& key : keys_) {
    if (!map || !key.is_down || !key.grabbed) continue;
    const std::uint8_t keycode = key.grabbed->keycode;
    if ((map->keys[keycode / 8] >> (keycode % 8) & 1) != 0) continue;
    if (key.is_pressed) note(key, false);
    key.is_down = false;
  }
  collect();
}

void X11Hotkeys::note(Key& key, bool pressed) {
  key.is_pressed = pressed;
  events_.push_back({key.action, pressed, clock_.now()});
}

}  // namespace

Result<std::unique_ptr<Hotkeys>> make_x11_hotkeys(X11HotkeyOptions options, const Clock& clock) {
  auto connection = X11Connection::open(options.display);
  if (!connection) return tl::unexpected(connection.error());
  auto hotkeys = std::make_unique<X11Hotkeys>(std::move(options), clock, std::move(*connection));
  if (auto opened = hotkeys->open(); !opened) return tl::unexpected(opened.error());
  return hotkeys;
}

}  // namespace diktate
