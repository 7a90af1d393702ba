#include "desktop/wayland/keymap.h"

#include <array>
#include <cstdlib>
#include <set>

#include <xkbcommon/xkbcommon.h>

namespace diktate {
namespace {

constexpr std::uint32_t kEvdevOffset = 8;  // what XKB calls the kernel's key 0

// The kernel's numbers of keys with which people write, and then of some that keyboards do not have: programs
// that look at the key and not at what it gives see one that writes.
constexpr std::pair<std::uint32_t, std::uint32_t> kWritingKeys[] = {{2, 13},  {16, 27}, {30, 41},
                                                                    {43, 53}, {86, 86}, {195, 247}};

// XKB has keys for some control characters, too, such as Escape.
std::uint32_t keysym_for(char32_t character) {
  const bool is_control = character < U' ' && character != U'\t';
  return is_control ? XKB_KEY_NoSymbol : xkb_utf32_to_keysym(character);
}

// As xkb_keymap_new_from_string() reads it, one key a keysym.
Result<std::string> source_for(const std::set<std::uint32_t>& keysyms) {
  std::string codes;
  std::string symbols;
  auto next = keysyms.begin();
  for (const auto& [first, last] : kWritingKeys) {
    for (std::uint32_t key = first; key <= last && next != keysyms.end(); ++key, ++next) {
      std::array<char, 64> name{};
      xkb_keysym_get_name(*next, name.data(), name.size());
      const std::string label = "<K" + std::to_string(key) + ">";
      codes += label + " = " + std::to_string(key + kEvdevOffset) + ";\n";
      symbols += "key " + label + " { [ " + name.data() + " ] };\n";
    }
  }
  if (next != keysyms.end())
    return fail(ErrorKind::unavailable, "it has more characters than a keyboard has keys");
  return "xkb_keymap {\nxkb_keycodes { minimum = 8; maximum = 255;\n" + codes +
         "};\nxkb_types { include \"complete\" };\nxkb_compatibility { include \"complete\" };\nxkb_symbols "
         "{\n" +
         symbols + "};\n};\n";
}

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

Result<Keymap> Keymap::of(const std::vector<char32_t>& characters) {
  std::set<std::uint32_t> keysyms;
  for (const char32_t character : characters) keysyms.insert(keysym_for(character));
  if (keysyms.contains(XKB_KEY_NoSymbol))
    return fail(ErrorKind::unavailable, "it has a character that no key can give");
  const auto source = source_for(keysyms);
  if (!source) return tl::unexpected(source.error());
  xkb_context* context = xkb_context_new(XKB_CONTEXT_NO_ENVIRONMENT_NAMES);
  xkb_keymap* keymap = context != nullptr
                           ? xkb_keymap_new_from_string(context, source->c_str(), XKB_KEYMAP_FORMAT_TEXT_V1,
                                                        XKB_KEYMAP_COMPILE_NO_FLAGS)
                           : nullptr;
  xkb_context_unref(context);
  if (keymap == nullptr)
    return fail(ErrorKind::unavailable, "no keymap can be made for it: is xkb-data installed?");
  return Keymap({keymap, xkb_keymap_unref});
}

std::string Keymap::text() const {
  char* text = xkb_keymap_get_as_string(keymap_.get(), XKB_KEYMAP_FORMAT_TEXT_V1);
  std::string copy = text != nullptr ? text : "";
  std::free(text);
  return copy;
}

std::optional<std::uint32_t> Keymap::key(const std::string& keysym) const {
  return key_of(xkb_keysym_from_name(keysym.c_str(), XKB_KEYSYM_CASE_INSENSITIVE));
}

std::optional<std::uint32_t> Keymap::key(char32_t character) const { return key_of(keysym_for(character)); }

std::optional<std::uint32_t> Keymap::key_of(std::uint32_t wanted) const {
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
