#include "desktop/x11/insertion.h"

#include <algorithm>
#include <array>
#include <utility>

#include "desktop/text_parts.h"
#include "desktop/x11/keyboard_grab.h"
#include "desktop/x11/typing.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto kBusyLimit = seconds(10);        // for a window that answers no ping
constexpr auto kUnknownLimit = seconds(1);      // for one that knows no ping
constexpr auto kAfterPong = milliseconds(300);  // a program asks for the text at once, or not at all
constexpr auto kGrace = milliseconds(300);      // after the last request, for whoever asks several times
constexpr auto kDisarmed = seconds(5);          // a key that was not answered may still be
constexpr auto kAnsweredOnce = seconds(10);     // of several keys only one may bring the text, for so long

}  // namespace

bool X11Session::alive() const { return connection->alive() && selections->alive(); }

FocusedWindow X11Session::focus() {
  const std::lock_guard lock(mutex);
  return focused_window(*connection);
}

X11Insertion::X11Insertion(X11Session& session, const X11InserterOptions& options,
                           const FocusedWindow& target, const InsertRequest& request, std::stop_token cancel)
    : session_(session),
      options_(options),
      target_(target),
      request_(request),
      cancel_(std::move(cancel)),
      copied_by_(SteadyClock().now() + kCopyLimit),
      kind_(paste_kind_of(target.name, target.instance, options.programs)
                .value_or(holds_terminal(target.pid) ? PasteKind::terminal : PasteKind::ordinary)),
      text_(is_terminal(kind_) && !request.terminal_lines ? on_one_line(request.text) : request.text) {}

std::string X11Insertion::window_name() const { return target_.name.empty() ? "the window" : target_.name; }

bool X11Insertion::is_allowed(std::string_view method) const {
  const auto& only = options_.methods;
  return only.empty() || std::find(only.begin(), only.end(), method) != only.end();
}

// Keys of this text, or of one before.
bool X11Insertion::may_be_answered() const {
  const auto earlier = session_.unanswered.find(target_.window);
  return unanswered_ || (earlier != session_.unanswered.end() && SteadyClock().now() < earlier->second);
}

// What was on the clipboard comes back so late that no key of ours can paste it.
Nanoseconds X11Insertion::grace() const {
  return may_be_answered() || presses_ > 1 ? Nanoseconds(kDisarmed) : kGrace;
}

// Each of several keys may yet be answered.
Nanoseconds X11Insertion::once() const {
  return may_be_answered() ? Nanoseconds(kAnsweredOnce) : Nanoseconds::zero();
}

Insertion X11Insertion::hold(std::string why) {
  session_.selections->give_back(grace());
  return {"none", Receipt::none, true, std::move(why)};
}

Result<Insertion> X11Insertion::run() {
  const auto stopped = [&] { return cancel_.stop_requested(); };
  if (target_.window == 0) {
    why_ = "it is not known which window has the focus";
    return on_clipboard();
  }
  if (is_only_clipboard(options_.methods)) return on_clipboard();
  for (const PasteMethod* method : paste_methods_for(kind_)) {
    if (!is_allowed(method->name)) continue;
    if (stopped()) return hold("it was cancelled");
    if (auto why = reason_to_hold()) return hold(std::move(*why));
    const Arrival arrival = paste(*method);
    if (!session_.alive()) return tl::unexpected(session_.connection->gone());
    if (arrival != Arrival::unbound && arrival != Arrival::refused) return ended(*method, arrival);
    session_.selections->refuse();
    session_.selections->give_back(grace());  // keys of the user may be waited for until the next way is gone
    // Without a ping the keys may only not have been read yet: other keys that paste might bring the text
    // twice.
    if (unanswered_ && !target_.pings) break;
  }
  if (stopped()) return hold("it was cancelled");
  if (auto why = reason_to_hold()) return hold(std::move(*why));
  if (auto typed = type()) return *typed;
  if (!session_.alive()) return tl::unexpected(session_.connection->gone());
  return on_clipboard();
}

Result<Insertion> X11Insertion::replace(std::string_view old) {
  if (is_terminal(kind_)) return leave("a terminal cannot select what was inserted");
  if (auto why = reason_to_hold()) return hold(std::move(*why));
  const Custody known = custody(SelectionName::clipboard);
  if (!may_take(known) && !may_type()) return leave(std::string(reason_of(known)));
  if (const auto selected = select(old); !selected) return leave(selected.error().message);
  auto inserted = run();
  // What stays selected the next key of the user would delete.
  if (inserted && inserted->held && !may_still_paste_) deselect();
  return inserted;
}

Insertion X11Insertion::leave(std::string why) {
  why_ = std::move(why);
  return on_clipboard();
}

Custody X11Insertion::custody(SelectionName name) {
  return session_.selections->custody(name, copied_by_, cancel_);
}

// Nothing is done to another window than the one that was meant, or under the hands of who holds keys.
std::optional<std::string> X11Insertion::reason_to_hold() {
  // That may take a moment, in which the focus may move, and is not waited for again.
  (void)custody(SelectionName::clipboard);
  if (kind_ == PasteKind::primary_terminal) (void)custody(SelectionName::primary);
  // Keys of an earlier text would paste this one instead.
  if (!session_.selections->answers(target_.window, SteadyClock().now() + kBusyLimit, cancel_))
    return window_name() + " has not answered since it was sent another text: this one was not inserted";
  if (!modifiers_rise()) return "a modifier key is held down: the text was not inserted";
  const FocusedWindow now = session_.focus();
  if (!session_.alive()) return std::nullopt;
  if (const std::lock_guard lock(session_.mutex); is_locked_away(*session_.connection, target_.window))
    return "the keyboard is another program's (is the screen locked?): the text was not inserted";
  if (same_window(now, target_)) return std::nullopt;
  focus_moved_ = why_.empty();  // else another way was tried already
  return "another window has the focus than when you began (it was " + window_name() +
         "): the text was not inserted";
}

// Whether what is there can be put back; PRIMARY is taken without that. Keys may paste any of the selections
// of their method.
bool X11Insertion::may_take_selections(const PasteMethod& method) {
  for (const SelectionName name : method.selections) {
    const Custody known = custody(name);
    if (may_take(known) || name == SelectionName::primary) continue;
    why_ = reason_of(known);
    return false;
  }
  return true;
}

X11Insertion::Arrival X11Insertion::paste(const PasteMethod& method) {
  if (!may_take_selections(method)) return Arrival::refused;
  const auto strokes = strokes_of(method);
  if (!strokes) {
    why_ = strokes.error().message;
    return Arrival::refused;
  }
  if (auto offered = session_.selections->offer(method.selections, text_, target_.window, once()); !offered) {
    why_ = offered.error().message;
    return Arrival::refused;
  }
  const PasteKeys keys{*strokes, method.modifiers.size()};
  if (auto pressed = session_.selections->press(keys, target_.pings ? target_.window : 0); !pressed) {
    why_ = pressed.error().message;
    return Arrival::refused;
  }
  unanswered_ = true;
  ++presses_;
  const Arrival arrival = await_receipt();
  const Instant now = SteadyClock().now();
  std::erase_if(session_.unanswered, [&](const auto& window) { return window.second <= now; });
  if (unanswered_) session_.unanswered[target_.window] = now + kAnsweredOnce;
  return arrival;
}

X11Insertion::Arrival X11Insertion::await_receipt() {
  const Instant start = SteadyClock().now();
  X11Selections& selections = *session_.selections;
  const auto is_known = [](const PasteState& now) { return now.target_asked || now.all_lost; };
  const Nanoseconds limit = target_.pings ? Nanoseconds(kBusyLimit) : Nanoseconds(kUnknownLimit);
  PasteState state = selections.wait(
      start + limit, [&](const PasteState& now) { return is_known(now) || now.pong; }, cancel_);
  if (!is_known(state) && state.pong) state = selections.wait(*state.pong + kAfterPong, is_known, cancel_);
  // What it has asked for it gets, however late it takes it.
  if (state.target_asked)
    state = selections.wait(
        start + kBusyLimit, [](const PasteState& now) { return now.target_fetched; }, cancel_);
  const Arrival arrival = arrival_of(state);
  // It may have asked at the last moment.
  return arrival == Arrival::unbound ? arrival_of(selections.refuse()) : arrival;
}

X11Insertion::Arrival X11Insertion::arrival_of(const PasteState& state) {
  unanswered_ = !state.target_fetched;
  if (state.target_fetched) return Arrival::target;
  if (state.target_asked) return Arrival::busy;
  if (!state.lost && target_.pings && !state.pong && !cancel_.stop_requested()) return Arrival::busy;
  if (state.someone_asked) return Arrival::someone;
  if (state.lost) return Arrival::lost;
  why_ = window_name() + " does not paste at the keys it was sent";
  return Arrival::unbound;
}

Insertion X11Insertion::ended(const PasteMethod& method, Arrival arrival) {
  if (arrival == Arrival::lost)
    return hold("another program took the clipboard at that moment: the text was not inserted");
  Insertion insertion{std::string(method.name), Receipt::none, false, {}};
  if (arrival == Arrival::busy) {
    // It may still paste: it must find the text then, and not what was there before.
    const bool is_there = session_.selections->keep(grace());
    may_still_paste_ = insertion.held = true;
    insertion.note = window_name() +
                     (is_there ? " does not answer: the text is on the clipboard, and it may still paste it"
                               : " does not answer, and may still paste the text; another program has taken "
                                 "the clipboard: 'diktate last' has it");
    return insertion;
  }
  insertion.receipt = arrival == Arrival::target ? Receipt::target : Receipt::someone;
  if (arrival == Arrival::someone) {
    insertion.note = "another program than " + window_name() + " read the text: it may not have arrived";
    insertion.doubted = true;
  }
  session_.selections->give_back(grace());
  press_keys(insertion);
  return insertion;
}

bool X11Insertion::may_type() const {
  return is_allowed("type") && text_.size() <= options_.longest_typed &&
         text_.find('\n') == std::string::npos;
}

std::optional<Insertion> X11Insertion::type() {
  if (!is_allowed("type")) return std::nullopt;
  const bool has_lines = text_.find('\n') != std::string::npos;
  if (!may_type()) {
    why_ += std::string(why_.empty() ? "" : "; ") +
            (has_lines ? "a text of several lines is not typed" : "it is too long to be typed");
    return std::nullopt;
  }
  const Nanoseconds reading = target_.pings ? Nanoseconds(kGrace) : grace();
  const auto typed =
      type_text(options_.display, *session_.selections, text_, reading, [this] { return may_press(); });
  if (!typed && typed.error().kind == ErrorKind::cancelled)
    return hold("a modifier key went down, another window got the focus, or it was cancelled: " +
                typed.error().message);
  if (!typed) {
    why_ += (why_.empty() ? "" : "; ") + typed.error().message;
    return std::nullopt;
  }
  Insertion insertion{"type", Receipt::sent, false, {}};
  session_.selections->give_back(grace());
  press_keys(insertion);
  return insertion;
}

Insertion X11Insertion::on_clipboard() {
  X11Selections& selections = *session_.selections;
  const Custody known = custody(SelectionName::clipboard);
  if (cancel_.stop_requested()) return hold("it was cancelled");
  const std::string why = why_.empty() ? "" : why_ + ": ";
  if (!is_allowed("clipboard")) return hold(why + "the text was not inserted");
  if (!may_take(known)) return hold(why + "the text is not on the clipboard either");
  if (!selections.offer(std::array{SelectionName::clipboard}, text_, target_.window, once()))
    return hold(why + "the clipboard was taken");
  (void)selections.keep(grace());
  return {"clipboard", Receipt::none, true, why + "the text is on the clipboard, press paste"};
}

}  // namespace diktate
