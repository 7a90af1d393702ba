#include "desktop/x11/keyboard.h"

#include <algorithm>
#include <array>
#include <utility>

#include <xcb/xcb.h>
// The header names a member with a word of C++.
#ifdef __clang__
#pragma clang diagnostic ignored "-Wkeyword-macro"
#endif
#define explicit explicit_
#include <xcb/xkb.h>
#undef explicit
#include <xkbcommon/xkbcommon-x11.h>
#include <xkbcommon/xkbcommon.h>

namespace diktate {
namespace {

struct UnrefContext {
  void operator()(xkb_context* context) const { xkb_context_unref(context); }
};
struct UnrefState {
  void operator()(xkb_state* state) const { xkb_state_unref(state); }
};

constexpr xkb_keycode_t kFirstKeycode = 8;
constexpr xkb_keycode_t kLastKey = 255;

bool set_up(xcb_connection_t* connection) {
  return xkb_x11_setup_xkb_extension(connection, XKB_X11_MIN_MAJOR_XKB_VERSION, XKB_X11_MIN_MINOR_XKB_VERSION,
                                     XKB_X11_SETUP_XKB_EXTENSION_NO_FLAGS, nullptr, nullptr, nullptr,
                                     nullptr) != 0;
}

bool gives(xkb_keymap* keymap, xkb_keycode_t key, xkb_layout_index_t group, KeySym keysym) {
  if (group >= xkb_keymap_num_layouts_for_key(keymap, key)) return false;
  const xkb_keysym_t* keysyms = nullptr;
  const int count = xkb_keymap_key_get_syms_by_level(keymap, key, group, 0, &keysyms);
  return count == 1 && *keysyms == keysym;
}

// The server tells who knows XKB of changes only if asked.
void watch_for_changes(xcb_connection_t* connection) {
  constexpr std::uint16_t kEvents = XCB_XKB_EVENT_TYPE_NEW_KEYBOARD_NOTIFY | XCB_XKB_EVENT_TYPE_MAP_NOTIFY;
  constexpr std::uint16_t kParts =
      XCB_XKB_MAP_PART_KEY_TYPES | XCB_XKB_MAP_PART_KEY_SYMS | XCB_XKB_MAP_PART_MODIFIER_MAP;
  xcb_xkb_select_events(connection, XCB_XKB_ID_USE_CORE_KBD, kEvents, 0, kEvents, kParts, kParts, nullptr);
}

std::vector<std::vector<std::uint8_t>> read_modifiers(xcb_connection_t* connection) {
  const auto reply =
      owned(xcb_get_modifier_mapping_reply(connection, xcb_get_modifier_mapping(connection), nullptr));
  std::vector<std::vector<std::uint8_t>> modifiers(8);
  if (!reply) return modifiers;
  const auto* keys = xcb_get_modifier_mapping_keycodes(reply.get());
  for (auto& modifier : modifiers) {
    std::copy_if(keys, keys + reply->keycodes_per_modifier, std::back_inserter(modifier),
                 [](std::uint8_t key) { return key != 0; });
    keys += reply->keycodes_per_modifier;
  }
  return modifiers;
}

}  // namespace

KeySym keysym_of(const std::string& name) {
  return xkb_keysym_from_name(name.c_str(), XKB_KEYSYM_CASE_INSENSITIVE);
}

KeySym keysym_of(char32_t character) {
  if (character == U'\n') return XKB_KEY_Return;
  if (character == U'\t') return XKB_KEY_Tab;
  return xkb_utf32_to_keysym(character);
}

void X11Keyboard::Unref::operator()(xkb_keymap* keymap) const { xkb_keymap_unref(keymap); }

Result<std::unique_ptr<X11Keyboard>> X11Keyboard::read(X11Connection& connection) {
  xcb_connection_t* raw = connection.get();
  const std::unique_ptr<xkb_context, UnrefContext> context(xkb_context_new(XKB_CONTEXT_NO_DEFAULT_INCLUDES));
  std::unique_ptr<xkb_keymap, Unref> keymap;
  if (context && set_up(raw)) {
    watch_for_changes(raw);
    keymap.reset(xkb_x11_keymap_new_from_device(context.get(), raw, xkb_x11_get_core_keyboard_device_id(raw),
                                                XKB_KEYMAP_COMPILE_NO_FLAGS));
  }
  if (!connection.alive()) return tl::unexpected(connection.gone());
  if (!keymap) return fail(ErrorKind::unavailable, "the X server does not tell its keyboard layout");
  std::unique_ptr<X11Keyboard> keyboard(new X11Keyboard(std::move(keymap)));
  keyboard->modifiers_ = read_modifiers(raw);
  return keyboard;
}

Result<KeyboardState> X11Keyboard::state(X11Connection& connection) {
  xcb_connection_t* raw = connection.get();
  const auto reply =
      owned(xcb_xkb_get_state_reply(raw, xcb_xkb_get_state(raw, XCB_XKB_ID_USE_CORE_KBD), nullptr));
  if (!reply) return tl::unexpected(connection.gone());
  return KeyboardState{reply->baseMods, reply->lockedMods, reply->latchedMods, reply->group};
}

bool X11Keyboard::tell_repeats(X11Connection& connection) {
  xcb_connection_t* raw = connection.get();
  constexpr std::uint32_t kRepeat = XCB_XKB_PER_CLIENT_FLAG_DETECTABLE_AUTO_REPEAT;
  const auto flags = owned(xcb_xkb_per_client_flags_reply(
      raw, xcb_xkb_per_client_flags(raw, XCB_XKB_ID_USE_CORE_KBD, kRepeat, kRepeat, 0, 0, 0), nullptr));
  return flags != nullptr && (flags->value & kRepeat) != 0;
}

bool X11Keyboard::is_change(X11Connection& connection, const void* event) {
  const auto* extension = xcb_get_extension_data(connection.get(), &xcb_xkb_id);
  const int kind = static_cast<const xcb_generic_event_t*>(event)->response_type & 0x7F;
  if (kind == XCB_MAPPING_NOTIFY) return true;
  if (extension == nullptr || extension->present == 0 || kind != extension->first_event) return false;
  const auto what = static_cast<const xcb_xkb_map_notify_event_t*>(event)->xkbType;
  return what == XCB_XKB_NEW_KEYBOARD_NOTIFY || what == XCB_XKB_MAP_NOTIFY;
}

bool X11Keyboard::has_changed(X11Connection& connection) {
  bool changed = false;
  while (auto event = owned(xcb_poll_for_event(connection.get())))
    changed = is_change(connection, event.get()) || changed;
  return changed;
}

std::optional<std::uint8_t> X11Keyboard::key_for(KeySym keysym, std::uint32_t group) const {
  const auto in_group = [&](std::uint32_t wanted) -> std::optional<std::uint8_t> {
    for (xkb_keycode_t key = kFirstKeycode; key <= kLastKey; ++key)
      if (gives(keymap_.get(), key, wanted, keysym)) return static_cast<std::uint8_t>(key);
    return std::nullopt;
  };
  if (const auto key = in_group(group)) return key;
  for (std::uint32_t other = 0; other < xkb_keymap_num_layouts(keymap_.get()); ++other)
    if (const auto key = in_group(other)) return key;
  return std::nullopt;
}

std::map<char32_t, TypedKey> X11Keyboard::characters(const KeyboardState& state) const {
  std::map<char32_t, TypedKey> characters;
  for (const bool shift : {true, false}) {  // that without wins
    for (xkb_keycode_t key = kFirstKeycode; key <= kLastKey; ++key) {
      const auto keycode = static_cast<std::uint8_t>(key);
      const char32_t character = character_of(keycode, shift, state);
      if (character != 0) characters[character] = {keycode, shift};
    }
  }
  return characters;
}

char32_t X11Keyboard::character_of(std::uint8_t keycode, bool shift, const KeyboardState& now) const {
  const std::unique_ptr<xkb_state, UnrefState> state(xkb_state_new(keymap_.get()));
  xkb_state_update_mask(state.get(), shift ? XCB_MOD_MASK_SHIFT : 0, 0, now.locked, 0, 0, now.group);
  const xkb_keysym_t keysym = xkb_state_key_get_one_sym(state.get(), keycode);
  // The number pad depends on NumLock, and some programs take its keys for something else.
  if (keysym >= XKB_KEY_KP_Space && keysym <= XKB_KEY_KP_Equal) return 0;
  const char32_t character = keysym == XKB_KEY_Return ? U'\n' : xkb_state_key_get_utf32(state.get(), keycode);
  return character >= U' ' || character == U'\n' || character == U'\t' ? character : 0;
}

std::vector<std::uint8_t> X11Keyboard::free_keys() const {
  std::vector<std::uint8_t> keys;
  for (xkb_keycode_t key = kFirstKeycode; key <= kLastKey; ++key)
    if (xkb_keymap_num_layouts_for_key(keymap_.get(), key) == 0)
      keys.push_back(static_cast<std::uint8_t>(key));
  return keys;
}

std::uint32_t X11Keyboard::modifier_of(const std::string& key_name) const {
  const KeySym keysym = keysym_of(key_name);
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < modifiers_.size(); ++i) {
    const auto is_it = [&](std::uint8_t key) { return gives(keymap_.get(), key, 0, keysym); };
    if (std::any_of(modifiers_[i].begin(), modifiers_[i].end(), is_it)) bits |= 1U << i;
  }
  return bits;
}

bool X11Keyboard::is_modifier(std::uint8_t keycode, std::uint32_t bits) const {
  for (std::size_t i = 0; i < modifiers_.size(); ++i) {
    const auto& keys = modifiers_[i];
    if ((bits >> i & 1U) != 0 && std::find(keys.begin(), keys.end(), keycode) != keys.end()) return true;
  }
  return false;
}

std::uint32_t X11Keyboard::locks() const {
  return XCB_MOD_MASK_LOCK | modifier_of("Num_Lock") | modifier_of("Scroll_Lock");
}

}  // namespace diktate
