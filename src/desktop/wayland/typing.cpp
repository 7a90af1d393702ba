#include "desktop/wayland/typing.h"

#include <algorithm>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "desktop/text_parts.h"
#include "desktop/wayland/virtual_keyboard.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;

constexpr auto kTypedPause = milliseconds(5);       // between batches, so that no program's queue overflows
constexpr auto kTypedLimit = milliseconds(200);     // for a compositor that is busy with a batch
constexpr auto kKeymapReading = milliseconds(300);  // until a program, of XWayland for one, knows the keys
constexpr std::size_t kTypedBatch = 10;

// While it lives, in the thread of the loop.
class TypingKeyboard {
 public:
  TypingKeyboard(WaylandLoop& loop, WaylandConnection& connection) : loop_(loop), connection_(connection) {}
  ~TypingKeyboard() {
    (void)loop_.call([&] { keyboard_.reset(); });
  }
  TypingKeyboard(const TypingKeyboard&) = delete;
  TypingKeyboard& operator=(const TypingKeyboard&) = delete;

  Result<void> make(const Keymap& keymap) {
    Result<void> made;
    const auto called = loop_.call([&] {
      auto keyboard = VirtualKeyboard::make(connection_, keymap);
      if (keyboard) keyboard_ = std::move(*keyboard);
      if (!keyboard) made = tl::unexpected(keyboard.error());
    });
    if (called && made) (void)SteadyClock().sleep_until(keyboard_->ready_at(), {});
    return called ? made : called;
  }

  // Waits until the compositor has passed them on.
  Result<void> tap(std::span<const std::uint32_t> keys) {
    return loop_.call([&] {
      for (const std::uint32_t key : keys) keyboard_->tap(key);
      (void)connection_.round_trip(kTypedLimit);
    });
  }

 private:
  WaylandLoop& loop_;
  WaylandConnection& connection_;
  std::unique_ptr<VirtualKeyboard> keyboard_;
};

}  // namespace

Result<bool> type_text(WaylandLoop& loop, WaylandConnection& connection, std::string_view text,
                       const std::function<bool()>& may_go_on) {
  const auto characters = characters_of(text);
  const auto keymap = Keymap::of(characters);
  if (!keymap) return tl::unexpected(keymap.error());
  std::vector<std::uint32_t> keys;
  for (const char32_t character : characters) keys.push_back(*keymap->key(character));
  TypingKeyboard keyboard(loop, connection);
  if (auto made = keyboard.make(*keymap); !made) return tl::unexpected(made.error());
  if (!may_go_on()) return fail(ErrorKind::cancelled, "it may not be typed there");
  const SteadyClock clock;
  std::span<const std::uint32_t> left = keys;
  do {
    const auto batch = left.first(std::min(kTypedBatch, left.size()));
    if (auto tapped = keyboard.tap(batch); !tapped) return tl::unexpected(tapped.error());
    left = left.subspan(batch.size());
    (void)clock.sleep_until(clock.now() + kTypedPause, {});
  } while (!left.empty() && may_go_on());
  (void)clock.sleep_until(clock.now() + kKeymapReading, {});
  return left.empty();
}

}  // namespace diktate
