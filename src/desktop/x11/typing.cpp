#include "desktop/x11/typing.h"

#include <algorithm>
#include <map>
#include <set>
#include <thread>
#include <vector>

#include <xcb/xcb.h>

#include "desktop/text_parts.h"
#include "desktop/x11/keyboard.h"

namespace diktate {
namespace {

constexpr auto kKeysSettling = std::chrono::milliseconds(50);  // until programs know the new keys
constexpr std::size_t kTypedAtOnce = 10;

using Characters = std::map<char32_t, TypedKey>;

std::vector<char32_t> missing_in(const Characters& keys, const std::vector<char32_t>& text) {
  std::set<char32_t> missing;
  for (const char32_t character : text)
    if (!keys.contains(character)) missing.insert(character);
  return {missing.begin(), missing.end()};
}

// Gives some keys a meaning while it lives.
class BorrowedKeys {
 public:
  BorrowedKeys(X11Connection& connection, std::vector<std::uint8_t> keys)
      : connection_(connection), keys_(std::move(keys)) {}
  ~BorrowedKeys() {
    for (const std::uint8_t key : keys_) set(key, 0);
    connection_.flush();
  }
  BorrowedKeys(const BorrowedKeys&) = delete;
  BorrowedKeys& operator=(const BorrowedKeys&) = delete;

  // The same with and without Shift.
  void set(std::uint8_t key, KeySym keysym) {
    const KeySym keysyms[] = {keysym, keysym};
    xcb_change_keyboard_mapping(connection_.get(), 1, key, 2, keysyms);
  }

 private:
  X11Connection& connection_;
  const std::vector<std::uint8_t> keys_;
};

Result<void> type_with(X11Selections& selections, const Characters& keys, const std::vector<char32_t>& text,
                       std::uint8_t shift, const std::function<bool()>& may_go_on) {
  std::vector<KeyStroke> strokes;
  std::size_t typed = 0;
  for (const char32_t character : text) {
    const TypedKey& key = keys.at(character);
    if (key.shift) strokes.push_back({shift, true});
    strokes.push_back({key.keycode, true});
    strokes.push_back({key.keycode, false});
    if (key.shift) strokes.push_back({shift, false});
    if (++typed % kTypedAtOnce != 0 && typed != text.size()) continue;
    if (!may_go_on())
      return fail(ErrorKind::cancelled, typed <= kTypedAtOnce ? "nothing of the text was typed"
                                                              : "only a part of the text was typed");
    if (auto struck = selections.strike(strokes); !struck) return struck;
    strokes.clear();
    std::this_thread::sleep_for(kBetweenBatches);
  }
  return {};
}

Error untypable() {
  return {ErrorKind::unavailable, "the keyboard has no key for some of its characters, and none to spare"};
}

}  // namespace

Result<void> type_text(const std::string& display, X11Selections& selections, std::string_view text,
                       Nanoseconds reading, const std::function<bool()>& may_go_on) {
  const auto opened = X11Connection::open(display);
  if (!opened) return tl::unexpected(opened.error());
  X11Connection& connection = **opened;
  const auto read = X11Keyboard::read(connection);
  if (!read) return tl::unexpected(read.error());
  const X11Keyboard& keyboard = **read;
  const auto state = X11Keyboard::state(connection);
  if (!state) return tl::unexpected(state.error());
  const auto shift = keyboard.key_for(keysym_of("Shift_L"), 0);
  const auto written = characters_of(text);
  const Characters own = keyboard.characters(*state);
  const auto missing = missing_in(own, written);
  auto spare = keyboard.free_keys();
  if (!shift || missing.size() > spare.size()) return tl::unexpected(untypable());
  if (missing.empty()) return type_with(selections, own, written, *shift, may_go_on);

  spare.resize(missing.size());
  BorrowedKeys borrowed(connection, spare);
  for (std::size_t i = 0; i < missing.size(); ++i) borrowed.set(spare[i], keysym_of(missing[i]));
  // What the server made of it counts: under CapsLock a letter may have become another.
  const auto extended = X11Keyboard::read(connection);
  if (!extended) return tl::unexpected(extended.error());
  const Characters keys = (*extended)->characters(*state);
  if (!missing_in(keys, written).empty()) return tl::unexpected(untypable());
  std::this_thread::sleep_for(kKeysSettling);
  auto typed = type_with(selections, keys, written, *shift, may_go_on);
  std::this_thread::sleep_for(reading);
  return typed;
}

}  // namespace diktate
