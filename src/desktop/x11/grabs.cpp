#include "desktop/x11/grabs.h"

#include <xcb/xcb.h>

namespace diktate {
namespace {

// All sets of those bits, the empty one too.
std::vector<std::uint32_t> subsets_of(std::uint32_t bits) {
  std::vector<std::uint32_t> subsets;
  std::uint32_t subset = 0;
  do {
    subsets.push_back(subset);
    subset = (subset - bits) & bits;
  } while (subset != 0);
  return subsets;
}

}  // namespace

Result<KeySym> keysym_of(const Chord& chord) {
  const KeySym keysym = keysym_of(chord.key);
  if (keysym != 0) return keysym;
  return fail(ErrorKind::invalid,
              "there is no key called '" + chord.key + "' (" + to_string(chord) + "); try D, F9 or space");
}

Result<GrabbedKey> key_of(const Chord& chord, const X11Keyboard& keyboard) {
  const auto keysym = keysym_of(chord);
  if (!keysym) return tl::unexpected(keysym.error());
  const auto keycode = keyboard.key_for(*keysym, 0);
  if (!keycode)
    return fail(ErrorKind::invalid,
                "this keyboard has no key '" + chord.key + "' (" + to_string(chord) + ")");
  GrabbedKey key{*keycode, 0};
  if (chord.shift) key.modifiers |= XCB_MOD_MASK_SHIFT;
  if (chord.ctrl) key.modifiers |= XCB_MOD_MASK_CONTROL;
  const std::uint32_t alt = keyboard.modifier_of("Alt_L");
  const std::uint32_t super = keyboard.modifier_of("Super_L");
  if ((chord.alt && alt == 0) || (chord.super && super == 0))
    return fail(ErrorKind::invalid, "this keyboard has not all of the keys of " + to_string(chord));
  if (chord.alt) key.modifiers |= alt;
  if (chord.super) key.modifiers |= super;
  return key;
}

Result<void> grab(X11Connection& connection, const GrabbedKey& key, std::uint32_t locks,
                  const std::string& name) {
  xcb_connection_t* raw = connection.get();
  std::vector<xcb_void_cookie_t> asked;
  for (const std::uint32_t lock : subsets_of(locks))
    asked.push_back(xcb_grab_key_checked(raw, 0, connection.root(),
                                         static_cast<std::uint16_t>(key.modifiers | lock), key.keycode,
                                         XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC));
  bool taken = false;
  for (const auto& cookie : asked)
    if (owned(xcb_request_check(raw, cookie))) taken = true;
  if (!connection.alive()) return tl::unexpected(connection.gone());
  if (!taken) return {};
  ungrab(connection, key, locks);
  return fail(ErrorKind::taken, "another program holds the key " + name +
                                    ": choose another one, or free it there (X does not tell which)");
}

void ungrab(X11Connection& connection, const GrabbedKey& key, std::uint32_t locks) {
  for (const std::uint32_t lock : subsets_of(locks))
    xcb_ungrab_key(connection.get(), key.keycode, connection.root(),
                   static_cast<std::uint16_t>(key.modifiers | lock));
  connection.flush();
}

}  // namespace diktate
