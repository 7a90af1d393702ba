// The keys of an insertion: those of the user, which must be up, and ours.
#include <algorithm>
#include <utility>

#include "desktop/x11/insertion.h"
#include "desktop/x11/selecting_back.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;

constexpr auto kModifierLimit = std::chrono::seconds(1);

}  // namespace

// Those of the next take are waited for as long as it is spoken: the time of other keys counts from then.
bool X11Insertion::modifiers_rise() {
  const SteadyClock clock;
  Instant limit = clock.now() + kModifierLimit;
  while (true) {
    if (request_.own_keys_rise && request_.own_keys_rise()) limit = clock.now() + kModifierLimit;
    if (cancel_.stop_requested()) return false;
    {
      const std::lock_guard lock(session_.mutex);
      if (X11Keyboard::has_changed(*session_.connection)) {
        if (auto keyboard = X11Keyboard::read(*session_.connection)) session_.keyboard = std::move(*keyboard);
      }
      const auto state = X11Keyboard::state(*session_.connection);
      if (!state || ((state->held | state->latched) & ~session_.keyboard->locks()) == 0) return true;
    }
    if (clock.now() >= limit || !clock.sleep_until(clock.now() + milliseconds(5), cancel_)) return false;
  }
}

// What was so when it was looked at may have changed since.
bool X11Insertion::may_press() {
  return !cancel_.stop_requested() && modifiers_rise() && same_window(session_.focus(), target_);
}

Result<std::vector<KeyStroke>> X11Insertion::strokes_of(const PasteMethod& method) {
  const std::lock_guard lock(session_.mutex);
  const auto state = X11Keyboard::state(*session_.connection);
  if (!state) return tl::unexpected(state.error());
  std::vector<std::uint8_t> keys;
  const auto add = [&](const char* name) {
    const auto key = session_.keyboard->key_for(keysym_of(std::string(name)), state->group);
    if (key) keys.push_back(*key);
    return key.has_value();
  };
  const bool complete = std::all_of(method.modifiers.begin(), method.modifiers.end(), add) && add(method.key);
  if (!complete)
    return fail(ErrorKind::unavailable, "the keyboard has no key '" + std::string(method.key) + "'");
  std::vector<KeyStroke> strokes;
  for (const std::uint8_t key : keys) strokes.push_back({key, true});
  std::reverse(keys.begin(), keys.end());
  for (const std::uint8_t key : keys) strokes.push_back({key, false});
  return strokes;
}

Result<void> X11Insertion::select(std::string_view old) {
  SelectingKeys keys;
  for (const auto& [name, key] :
       {std::pair{"Shift_L", &keys.shift}, {"Left", &keys.left}, {"Right", &keys.right}}) {
    const auto strokes = strokes_of({{}, {}, {}, name});
    if (!strokes) return tl::unexpected(strokes.error());
    *key = strokes->front().keycode;
  }
  return select_back(options_.display, *session_.selections, keys, target_, old,
                     [this] { return may_press(); });
}

void X11Insertion::deselect() {
  const auto strokes = strokes_of({{}, {}, {}, "Right"});
  if (strokes && may_press()) (void)session_.selections->strike(*strokes);
}

// Only once the text is known to be there, or typed before them.
void X11Insertion::press_keys(Insertion& insertion) {
  if (request_.keys.empty()) return;
  if (insertion.receipt != Receipt::target && insertion.receipt != Receipt::sent) {
    insertion.note += (insertion.note.empty() ? "" : "; ") + std::string("no key was pressed after it");
    return;
  }
  for (const std::string& name : request_.keys) {
    const std::string problem = press_key(name);
    if (problem.empty()) continue;
    insertion.note += (insertion.note.empty() ? "" : "; ") + problem;
    return;
  }
}

// What went wrong; empty: nothing.
std::string X11Insertion::press_key(const std::string& name) {
  const bool is_enter = name == "Enter" || name == "Return";
  if (is_enter && is_terminal(kind_) && !request_.terminal_enter) return "Enter is not pressed in a terminal";
  if (!modifiers_rise() || !same_window(session_.focus(), target_))
    return name + " was not pressed: a modifier is held, or another window has the focus";
  const auto strokes = strokes_of({{}, {}, {}, is_enter ? "Return" : name.c_str()});
  if (!strokes) return strokes.error().message;
  const auto struck = session_.selections->strike(*strokes);
  return struck ? "" : struck.error().message;
}

}  // namespace diktate
