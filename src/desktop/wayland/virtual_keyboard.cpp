#include "desktop/wayland/virtual_keyboard.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>
#include <virtual_keyboard_protocol.h>
#include <wayland-client.h>

#include "base/files.h"

namespace diktate {
namespace {

constexpr auto kKeymapSettling = std::chrono::milliseconds(100);  // until programs have read the keymap

// The compositor maps it.
Result<UniqueFd> file_of(const std::string& text) {
  UniqueFd file(memfd_create("diktate-keymap", MFD_CLOEXEC));
  const auto size = static_cast<ssize_t>(text.size() + 1);
  if (!file || write(file.get(), text.c_str(), text.size() + 1) != size)
    return fail(ErrorKind::unavailable, "there is no memory for the keymap of the virtual keyboard");
  return file;
}

std::uint32_t milliseconds_now() {
  const auto now = SteadyClock().now().time_since_epoch();
  return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

}  // namespace

Result<std::unique_ptr<VirtualKeyboard>> VirtualKeyboard::make(WaylandConnection& connection, Keymap keymap) {
  const WaylandGlobals& globals = connection.globals();
  if (globals.virtual_keyboards == nullptr)
    return fail(ErrorKind::unavailable, "the compositor has no virtual keyboard");
  const std::string text = keymap.text();
  const auto file = file_of(text);
  if (!file) return tl::unexpected(file.error());
  auto* keyboard =
      zwp_virtual_keyboard_manager_v1_create_virtual_keyboard(globals.virtual_keyboards, globals.seat);
  zwp_virtual_keyboard_v1_keymap(keyboard, WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1, file->get(),
                                 static_cast<std::uint32_t>(text.size() + 1));
  return std::unique_ptr<VirtualKeyboard>(new VirtualKeyboard(keyboard, std::move(keymap)));
}

VirtualKeyboard::VirtualKeyboard(zwp_virtual_keyboard_v1* keyboard, Keymap keymap)
    : keyboard_(keyboard), keymap_(std::move(keymap)), ready_at_(SteadyClock().now() + kKeymapSettling) {}

VirtualKeyboard::~VirtualKeyboard() { zwp_virtual_keyboard_v1_destroy(keyboard_); }

void VirtualKeyboard::set_key(std::uint32_t key, bool down) {
  zwp_virtual_keyboard_v1_key(keyboard_, milliseconds_now(), key,
                              down ? WL_KEYBOARD_KEY_STATE_PRESSED : WL_KEYBOARD_KEY_STATE_RELEASED);
}

void VirtualKeyboard::set_modifiers(std::uint32_t modifiers) {
  zwp_virtual_keyboard_v1_modifiers(keyboard_, modifiers, 0, 0, 0);
}

// The compositor derives no modifiers from the keys of a virtual keyboard: both are sent.
Result<void> VirtualKeyboard::press(const Chord& chord) {
  std::vector<std::string> names;
  std::uint32_t modifiers = 0;
  const auto add = [&](const char* keysym, const char* modifier) {
    names.emplace_back(keysym);
    modifiers |= keymap_.modifier(modifier);
  };
  if (chord.ctrl) add("Control_L", "Control");
  if (chord.shift) add("Shift_L", "Shift");
  names.push_back(chord.key);
  std::vector<std::uint32_t> keys;
  for (const std::string& name : names) {
    const auto key = keymap_.key(name);
    if (!key) return fail(ErrorKind::unavailable, "the virtual keyboard has no key '" + name + "'");
    keys.push_back(*key);
  }
  for (const std::uint32_t key : keys) {
    if (key == keys.back()) set_modifiers(modifiers);
    set_key(key, true);
  }
  std::reverse(keys.begin(), keys.end());
  for (const std::uint32_t key : keys) set_key(key, false);
  set_modifiers(0);
  return {};
}

void VirtualKeyboard::tap(std::uint32_t key) {
  set_key(key, true);
  set_key(key, false);
}

}  // namespace diktate
