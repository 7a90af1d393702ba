#include "desktop/wayland/keymap.h"

#include <cstdlib>

#include <xkbcommon/xkbcommon.h>

namespace diktate {
namespace {

constexpr std::uint32_t kEvdevOffset = 8;  // what XKB calls the kernel's key 0

}  // namespace

Result<Keymap> Keymap::american() {
  xkb_context* context = xkb_context_new(XKB_CONTEXT_NO_ENVIRONMENT_NAMES);
  const xkb_rule_names names{"evdev", "pc105", "us", "", ""};
  xkb_keymap* keymap =
      context != nullptr ? xkb_keymap_new_from_names(context, &names, XKB_KEYMAP_COMPILE_NO_FLAGS) : nullptr;
  xkb_context_unref(context);
  if (keymap == nullptr)
    return fail(ErrorKind::unavailable, "the keymap 'us' cannot be read: is xkb-data installed?");
  return Keymap({keymap, xkb_keymap_unref});
}

std::string Keymap::text() const {
  char* text = xkb_keymap_get_as_string(keymap_.get(), XKB_KEYMAP_FORMAT_TEXT_V1);
  std::string copy = text != nullptr ? text : "";
  std::free(text);
  return copy;
}

std::optional<std::uint32_t> Keymap::key(const std::string& keysym) const {
  const xkb_keysym_t wanted = xkb_keysym_from_name(keysym.c_str(), XKB_KEYSYM_CASE_INSENSITIVE);
  if (wanted == XKB_KEY_NoSymbol) return std::nullopt;
  const xkb_keycode_t last = xkb_keymap_max_keycode(keymap_.get());
  for (xkb_keycode_t key = xkb_keymap_min_keycode(keymap_.get()); key <= last; ++key) {
    const xkb_keysym_t* symbols = nullptr;
    const int count = xkb_keymap_key_get_syms_by_level(keymap_.get(), key, 0, 0, &symbols);
    if (count == 1 && symbols[0] == wanted) return key - kEvdevOffset;
  }
  return std::nullopt;
}

std::uint32_t Keymap::modifier(const char* name) const {
  const xkb_mod_index_t index = xkb_keymap_mod_get_index(keymap_.get(), name);
  return index == XKB_MOD_INVALID ? 0 : 1U << index;
}

}  // namespace diktate
