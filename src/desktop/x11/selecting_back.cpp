#include "desktop/x11/selecting_back.h"

#include <algorithm>
#include <optional>
#include <vector>

#include <poll.h>
#include <utf8proc.h>
#include <xcb/xcb.h>

#include "base/clock.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMostSteps = 1000;
constexpr std::size_t kStepsAtOnce = 20;
constexpr auto kSelectLimit = std::chrono::seconds(1);
constexpr auto kSelectionLook = milliseconds(20);

// The selection PRIMARY, as one sees it who only asks.
class Primary {
 public:
  explicit Primary(X11Connection& connection)
      : connection_(connection), window_(connection.make_hidden_window()) {}

  // Nobody has it.
  void clear() {
    xcb_set_selection_owner(connection_.get(), XCB_NONE, XCB_ATOM_PRIMARY, XCB_CURRENT_TIME);
    connection_.flush();
  }

  bool belongs_to(XId window) {
    xcb_connection_t* raw = connection_.get();
    const auto reply =
        owned(xcb_get_selection_owner_reply(raw, xcb_get_selection_owner(raw, XCB_ATOM_PRIMARY), nullptr));
    return reply && connection_.same_client(reply->owner, window);
  }

  // What is in it as text; nothing: it was refused, or did not come in time.
  std::optional<std::string> text(Instant limit) {
    const XId utf8 = connection_.atom("UTF8_STRING");
    const XId place = connection_.atom("DIKTATE_SELECTED");
    xcb_convert_selection(connection_.get(), window_, XCB_ATOM_PRIMARY, utf8, place, XCB_CURRENT_TIME);
    connection_.flush();
    while (SteadyClock().now() < limit && connection_.alive()) {
      const auto event = owned(xcb_poll_for_event(connection_.get()));
      if (!event) {
        pollfd ready{connection_.descriptor(), POLLIN, 0};
        ::poll(&ready, 1, static_cast<int>(kSelectionLook.count()));
        continue;
      }
      if ((event->response_type & 0x7F) != XCB_SELECTION_NOTIFY) continue;
      const auto value = connection_.property(window_, place, true);
      if (!value || value->type != utf8) return std::nullopt;
      return value->bytes;
    }
    return std::nullopt;
  }

 private:
  X11Connection& connection_;
  const XId window_;
};

Result<void> strike_steps(X11Selections& selections, const SelectingKeys& keys, std::size_t steps,
                          const std::function<bool()>& may_go_on) {
  const SteadyClock clock;
  for (std::size_t done = 0; done < steps; done += kStepsAtOnce) {
    std::vector<KeyStroke> strokes{{keys.shift, true}};
    for (std::size_t i = done; i < std::min(steps, done + kStepsAtOnce); ++i) {
      strokes.push_back({keys.left, true});
      strokes.push_back({keys.left, false});
    }
    strokes.push_back({keys.shift, false});
    if (!may_go_on()) return fail(ErrorKind::cancelled, "another window got the focus, or it was cancelled");
    if (auto struck = selections.strike(strokes); !struck) return struck;
    clock.sleep_until(clock.now() + kBetweenBatches, {});
  }
  return {};
}

// The program may not have done with all the keys yet: what is selected is looked at until it is the text.
bool becomes(Primary& primary, const FocusedWindow& window, std::string_view text) {
  const SteadyClock clock;
  const Instant limit = clock.now() + kSelectLimit;
  while (clock.now() < limit) {
    if (primary.belongs_to(window.window) && primary.text(limit) == text) return true;
    clock.sleep_until(clock.now() + kSelectionLook, {});
  }
  return false;
}

}  // namespace

std::size_t steps_over(std::string_view text) {
  std::size_t steps = 0;
  utf8proc_int32_t before = -1;
  utf8proc_int32_t state = 0;
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t character = 0;
    const utf8proc_ssize_t size = utf8proc_iterate(at, left, &character);
    if (size <= 0) break;
    if (before < 0 || utf8proc_grapheme_break_stateful(before, character, &state)) ++steps;
    before = character;
    at += size;
    left -= size;
  }
  return steps;
}

Result<void> select_back(const std::string& display, X11Selections& selections, const SelectingKeys& keys,
                         const FocusedWindow& window, std::string_view text,
                         const std::function<bool()>& may_go_on) {
  const std::size_t steps = steps_over(text);
  if (steps > kMostSteps) return fail(ErrorKind::unavailable, "it is too long to be selected again");
  const auto connection = X11Connection::open(display);
  if (!connection) return tl::unexpected(connection.error());
  Primary primary(**connection);
  primary.clear();  // what is in it afterwards, our keys selected
  if (auto struck = strike_steps(selections, keys, steps, may_go_on); !struck) return struck;
  if (becomes(primary, window, text)) return {};
  const KeyStroke to_the_end[] = {{keys.right, true}, {keys.right, false}};
  if (may_go_on()) static_cast<void>(selections.strike(to_the_end));
  return fail(ErrorKind::failed, "what was inserted does not stand in front of the cursor any more");
}

}  // namespace diktate
