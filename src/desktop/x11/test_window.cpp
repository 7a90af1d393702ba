#include "desktop/x11/test_window.h"

#include <condition_variable>
#include <mutex>
#include <utility>

#include <xcb/xcb.h>

#include "desktop/chord.h"
#include "desktop/x11/event_loop.h"
#include "desktop/x11/grabs.h"
#include "desktop/x11/keyboard.h"
#include "desktop/x11/window.h"

namespace diktate {
namespace {

constexpr std::uint32_t kPasteModifiers = XCB_MOD_MASK_SHIFT | XCB_MOD_MASK_CONTROL;

std::string utf8_of(char32_t c) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | (c >> shift & 0x3F)); };
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) return {static_cast<char>(0xC0 | c >> 6), tail(0)};
  if (c < 0x10000) return {static_cast<char>(0xE0 | c >> 12), tail(6), tail(0)};
  return {static_cast<char>(0xF0 | c >> 18), tail(12), tail(6), tail(0)};
}

class TestWindow final : public X11TestWindow {
 public:
  TestWindow(std::unique_ptr<X11Connection> connection, std::unique_ptr<X11Keyboard> keyboard, bool primary)
      : connection_(std::move(connection)),
        keyboard_(std::move(keyboard)),
        primary_(primary),
        loop_(*connection_, "test window") {}

  Result<void> show(const std::string& keys);
  bool await_focus(Nanoseconds limit) override;
  std::string text(const std::string& expected, Nanoseconds limit) override;

 private:
  void on_event(const void* event);
  void on_key(std::uint8_t keycode, std::uint32_t modifiers);
  void on_text();
  void add(const std::string& text);
  void name_it();

  const std::unique_ptr<X11Connection> connection_;
  std::unique_ptr<X11Keyboard> keyboard_;
  const bool primary_;
  GrabbedKey paste_;  // 0: none
  XId window_ = 0;
  std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  bool has_focus_ = false;
  std::string text_;

  X11Loop loop_;  // last: its thread uses all of this
};

Result<void> TestWindow::show(const std::string& keys) {
  if (!keys.empty()) {
    const auto chord = parse_chord(keys);
    if (!chord) return tl::unexpected(chord.error());
    const auto key = key_of(*chord, *keyboard_);
    if (!key) return tl::unexpected(key.error());
    paste_ = *key;
  }
  xcb_connection_t* raw = connection_->get();
  window_ = xcb_generate_id(raw);
  const std::uint32_t events =
      XCB_EVENT_MASK_KEY_PRESS | XCB_EVENT_MASK_FOCUS_CHANGE | XCB_EVENT_MASK_PROPERTY_CHANGE;
  xcb_create_window(raw, XCB_COPY_FROM_PARENT, window_, connection_->root(), 0, 0, 320, 80, 0,
                    XCB_WINDOW_CLASS_INPUT_OUTPUT, XCB_COPY_FROM_PARENT, XCB_CW_EVENT_MASK, &events);
  name_it();
  xcb_map_window(raw, window_);
  connection_->flush();
  loop_.start(
      {[this](const void* event) { on_event(event); }, [] { return std::nullopt; }, [](Instant) {}, [] {}});
  return {};
}

void TestWindow::name_it() {
  std::string name(kTestProgram);
  name += '\0';
  name += kTestProgram;
  name += '\0';
  connection_->set_property(window_, XCB_ATOM_WM_CLASS, {XCB_ATOM_STRING, 8, name});
  connection_->set_property(window_, XCB_ATOM_WM_NAME, {XCB_ATOM_STRING, 8, "diktate insert test"});
  // It wants the focus, and the window manager is to give it: flags, then whether it takes input.
  const std::uint32_t hints[9] = {1, 1};
  xcb_change_property(connection_->get(), XCB_PROP_MODE_REPLACE, window_, XCB_ATOM_WM_HINTS,
                      XCB_ATOM_WM_HINTS, 32, 9, hints);
}

bool TestWindow::await_focus(Nanoseconds limit) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, limit, [&] { return has_focus_; });
}

std::string TestWindow::text(const std::string& expected, Nanoseconds limit) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [&] { return text_ == expected; });
  return text_;
}

void TestWindow::add(const std::string& text) {
  const std::lock_guard lock(mutex_);
  text_ += text;
  changed_.notify_all();
}

void TestWindow::on_event(const void* event) {
  const int kind = static_cast<const xcb_generic_event_t*>(event)->response_type & 0x7F;
  if (kind == XCB_KEY_PRESS) {
    const auto& key = *static_cast<const xcb_key_press_event_t*>(event);
    on_key(key.detail, key.state);
  } else if (kind == XCB_FOCUS_IN || kind == XCB_FOCUS_OUT) {
    const std::lock_guard lock(mutex_);
    has_focus_ = kind == XCB_FOCUS_IN;
    changed_.notify_all();
  } else if (kind == XCB_SELECTION_NOTIFY) {
    if (static_cast<const xcb_selection_notify_event_t*>(event)->property != 0) on_text();
  } else if (kind != XCB_PROPERTY_NOTIFY && X11Keyboard::is_change(*connection_, event)) {
    if (auto keyboard = X11Keyboard::read(*connection_)) keyboard_ = std::move(*keyboard);
  }
}

void TestWindow::on_key(std::uint8_t keycode, std::uint32_t modifiers) {
  if (paste_.keycode == keycode && paste_.modifiers == (modifiers & kPasteModifiers)) {
    const XId selection = connection_->atom(primary_ ? "PRIMARY" : "CLIPBOARD");
    xcb_convert_selection(connection_->get(), window_, selection, connection_->atom("UTF8_STRING"),
                          connection_->atom("DIKTATE_TEXT"), XCB_CURRENT_TIME);
    return connection_->flush();
  }
  const auto state = X11Keyboard::state(*connection_);
  if (!state || (modifiers & XCB_MOD_MASK_CONTROL) != 0) return;
  const bool shift = (modifiers & XCB_MOD_MASK_SHIFT) != 0;
  const char32_t character = keyboard_->character_of(keycode, shift, *state);
  if (character != 0) add(utf8_of(character));
}

// The texts of the test are short: they come in one part.
void TestWindow::on_text() {
  const auto text = connection_->property(window_, connection_->atom("DIKTATE_TEXT"), true);
  connection_->flush();
  if (text) add(text->bytes);
}

}  // namespace

Result<std::unique_ptr<X11TestWindow>> X11TestWindow::open(const std::string& display,
                                                           const std::string& keys, bool primary) {
  auto connection = X11Connection::open(display);
  if (!connection) return tl::unexpected(connection.error());
  auto keyboard = X11Keyboard::read(**connection);
  if (!keyboard) return tl::unexpected(keyboard.error());
  auto window = std::make_unique<TestWindow>(std::move(*connection), std::move(*keyboard), primary);
  if (auto shown = window->show(keys); !shown) return tl::unexpected(shown.error());
  return window;
}

}  // namespace diktate
