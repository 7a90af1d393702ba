#include "desktop/paste_insertion.h"

#include <algorithm>
#include <utility>

#include "desktop/paste_chord.h"
#include "desktop/processes.h"
#include "desktop/text_parts.h"
#include "desktop/typeable.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;

constexpr auto kFetchLimit = std::chrono::seconds(1);        // no window can be asked whether it is busy
constexpr auto kReadLimit = std::chrono::seconds(10);        // for who has asked, and is busy then
constexpr auto kBeforeKeys = milliseconds(50);               // until a program has put in what it has read
constexpr Nanoseconds kLatePaste = std::chrono::seconds(5);  // a key that was not answered may still be

PasteKind kind_of(const Toplevel& window, const std::vector<int>& processes,
                  const std::vector<PasteRow>& rows) {
  const auto known = paste_kind_of(window.app_id, window.app_id, rows);
  if (known) return *known;
  return std::any_of(processes.begin(), processes.end(), holds_terminal) ? PasteKind::terminal
                                                                         : PasteKind::ordinary;
}

}  // namespace

std::vector<std::string> paste_methods() {
  std::vector<std::string> methods;
  for (const PasteKind kind : {PasteKind::ordinary, PasteKind::shift_insert, PasteKind::terminal})
    methods.push_back(paste_method_of(*paste_chord_for(kind)));
  methods.insert(methods.end(), {"type", "clipboard"});
  return methods;
}

PasteInsertion::PasteInsertion(PasteSession& session, const PasteOptions& options, const Toplevel& target,
                               const InsertRequest& request, std::stop_token cancel)
    : session_(session),
      options_(options),
      target_(target),
      request_(request),
      cancel_(std::move(cancel)),
      processes_(processes_called(target.app_id)),
      kind_(kind_of(target, processes_, options.programs)),
      text_(is_terminal(kind_) && !request.terminal_lines ? on_one_line(request.text) : request.text) {}

std::string PasteInsertion::window_name() const {
  return target_.app_id.empty() ? "the window" : target_.app_id;
}

bool PasteInsertion::is_allowed(std::string_view method) const {
  const auto& only = options_.methods;
  return only.empty() || std::find(only.begin(), only.end(), method) != only.end();
}

Insertion PasteInsertion::held(std::string why) {
  give_back(Receipt::none);
  if (!why.empty()) why += ": ";
  return {"none", Receipt::none, true, why + "the text was not inserted"};
}

Result<Insertion> PasteInsertion::hold(std::string why) {
  if (!session_.alive()) return tl::unexpected(session_.loss());
  return held(std::move(why));
}

void PasteInsertion::because(std::string_view reason) {
  if (why_.find(reason) != std::string::npos) return;
  why_.append(why_.empty() ? "" : "; ").append(reason);
}

Result<Insertion> PasteInsertion::run() {
  if (!session_.alive()) return tl::unexpected(session_.loss());
  if (is_only_clipboard(options_.methods)) return on_clipboard();
  if (auto why = reason_not_to_press()) {
    because(*why);
    return on_clipboard();
  }
  if (auto why = reason_to_stop()) return hold(std::move(*why));
  if (const auto chord = chord_to_paste()) {
    auto pasted = paste(*chord);
    if (!pasted) return tl::unexpected(pasted.error());
    if (*pasted) return std::move(**pasted);
    if (pressed_ && !session_.can_type())
      return cancel_.stop_requested() ? hold("it was cancelled") : leave_offered();
    give_back(Receipt::none);  // keys of the user may be waited for until the next way is gone
    if (auto why = reason_to_stop()) return hold(std::move(*why));
  }
  if (auto typed = type()) return std::move(*typed);
  return on_clipboard();
}

// The text can then only be left on the clipboard.
std::optional<std::string> PasteInsertion::reason_not_to_press() {
  if (auto why = session_.why_no_paste()) return why;
  if (target_.id == 0 && session_.tells_focus()) return "it is not known which window has the focus";
  return std::nullopt;
}

Custody PasteInsertion::custody() { return session_.custody(copied_by_, cancel_); }

// Nothing: it cannot be pasted.
std::optional<Chord> PasteInsertion::chord_to_paste() {
  auto chord = paste_chord_for(kind_);
  if (!chord) because(window_name() + " does not paste the clipboard");
  if (!chord || !is_allowed(paste_method_of(*chord))) return std::nullopt;
  if (!session_.may_answer_late(target_)) return chord;
  because(window_name() +
          " has not pasted the text before this one, and may do so yet");  // two keys, one text
  return std::nullopt;
}

// Whether the text is on the clipboard now; if not, what is there could not be put back.
Result<bool> PasteInsertion::offer(std::vector<int> readers) {
  Custody known = custody();
  if (may_take(known)) {
    const auto offered = session_.offer(text_, std::move(readers));
    if (!offered) return tl::unexpected(offered.error());
    known = *offered;  // another program may have taken it since
  }
  if (!may_take(known)) because(reason_of(known));
  return may_take(known);
}

void PasteInsertion::own_keys_rise() {
  while (request_.own_keys_rise && !cancel_.stop_requested() && request_.own_keys_rise()) {
  }
}

// Nothing is done to another window than the one that was meant.
std::optional<std::string> PasteInsertion::reason_to_stop() {
  (void)custody();  // that may take a moment, in which the focus may move, and is not waited for again
  own_keys_rise();
  if (cancel_.stop_requested()) return "it was cancelled";
  const Toplevel now = session_.focus();
  if (now.id == target_.id) return std::nullopt;
  focus_moved_ = why_.empty();  // else another way was tried already
  return "another window has the focus than when you began (it was " + window_name() + ")";
}

Insertion PasteInsertion::taken(const std::string& why) {
  return {"none", Receipt::none, true,
          why + ", and another program has taken the clipboard; 'diktate last --print' shows the text"};
}

// It is on the clipboard already.
Result<Insertion> PasteInsertion::leave_offered() {
  if (!session_.alive()) return tl::unexpected(session_.loss());
  session_.keep();
  if (session_.now().lost) return taken(why_);
  return Insertion{"clipboard", Receipt::none, true, why_ + ": the text is on the clipboard, press paste"};
}

// Nothing: nobody did.
Result<std::optional<Insertion>> PasteInsertion::paste(const Chord& chord) {
  const auto offered = offer(processes_);
  if (!offered) return tl::unexpected(offered.error());
  if (!*offered) return std::nullopt;
  const auto give_up = [&] {
    return hold("another program took the clipboard at that moment").map([](Insertion held) {
      return std::optional(std::move(held));
    });
  };
  if (session_.now().lost) return give_up();
  pressed_ = true;  // if it fails, some of the keys may have been
  if (auto pressed = session_.press(chord); !pressed) {
    because(pressed.error().message);
    return std::nullopt;
  }
  const FetchState state = await_receipt();
  if (state.gone) return tl::unexpected(session_.loss());
  Insertion insertion{paste_method_of(chord), Receipt::target, false, {}};
  if (!state.target && !state.someone) {
    if (state.asked && !cancel_.stop_requested()) return leave_with_reader();
    if (state.lost) return give_up();
    session_.note_unanswered(target_);
    because(window_name() + " did not paste at " + to_string(chord));
    return std::nullopt;
  }
  if (!state.target) {
    insertion.receipt = Receipt::someone;
    insertion.note = "a program read the text that is not known to be " + window_name();
  }
  give_back(insertion.receipt);
  press_keys(insertion);
  return insertion;
}

// Where no process can be the target's for all that is known, whoever reads is as good as another.
FetchState PasteInsertion::await_receipt() {
  const auto is_known = [any = processes_.empty()](const FetchState& state) {
    return state.target || (state.lost && !state.asked) || (any && state.someone);
  };
  const auto nobody_reads = [&](const FetchState& state) { return is_known(state) || !state.asked; };
  const SteadyClock clock;
  (void)session_.wait(clock.now() + kFetchLimit, is_known, cancel_);
  const Instant until = clock.now() + kReadLimit;
  const FetchState state = session_.wait(until, nobody_reads, cancel_);
  if (is_known(state) || state.someone || state.asked || !session_.can_type()) return state;
  session_.refuse();  // or it might come twice; somebody may have asked just before
  return session_.wait(until, nobody_reads, cancel_);
}

// It may come to the window yet, and so goes no other way.
Insertion PasteInsertion::leave_with_reader() {
  session_.keep();
  const std::string why = window_name() + " asked for the text, does not read it, and may do so yet";
  if (session_.now().lost) return taken(why);
  return {"clipboard", Receipt::none, true, why + ": it is on the clipboard"};
}

// Keys that nobody is known to have answered may be answered late: not by what was there before.
void PasteInsertion::give_back(Receipt receipt) {
  session_.give_back(pressed_ && receipt != Receipt::target ? kLatePaste : PasteSession::kGrace);
}

std::optional<Insertion> PasteInsertion::type() {
  if (!is_allowed("type") || !session_.can_type()) return std::nullopt;
  const bool has_lines = text_.find('\n') != std::string::npos;
  if (text_.size() > options_.longest_typed || has_lines) {
    because(has_lines ? "a text of several lines is not typed" : "it is too long to be typed");
    return std::nullopt;
  }
  if (!is_common_writing(text_) && !takes_all_characters(target_.app_id, processes_)) {
    because(window_name() + " may not take all of its characters from keys");
    return std::nullopt;
  }
  std::optional<std::string> why;
  const auto typed = session_.type(text_, [&] { return !(why = reason_to_stop()); });
  if (!typed && why) return held(*why);
  if (!typed) {
    because(typed.error().message);
    return std::nullopt;
  }
  Insertion insertion{"type", Receipt::sent, !*typed, {}};
  give_back(insertion.receipt);
  if (*typed) press_keys(insertion);
  if (!*typed) insertion.note = why.value_or("") + ": only its beginning was typed";
  return insertion;
}

Result<Insertion> PasteInsertion::leave(std::string_view why) {
  because(why);
  return on_clipboard();
}

Result<Insertion> PasteInsertion::on_clipboard() {
  if (!session_.alive()) return tl::unexpected(session_.loss());
  (void)custody();  // that may take a moment
  if (cancel_.stop_requested()) return hold("it was cancelled");
  const auto offered = is_allowed("clipboard") ? offer({}) : Result<bool>(false);
  if (!offered) return tl::unexpected(offered.error());
  if (!*offered) return hold(why_);
  session_.keep();
  const std::string reason = why_.empty() ? "" : why_ + ": ";
  return Insertion{"clipboard", Receipt::none, true, reason + "the text is on the clipboard, press paste"};
}

// Only once the text is known to be there, or typed before them.
void PasteInsertion::press_keys(Insertion& insertion) {
  if (request_.keys.empty()) return;
  std::string problem;
  const bool is_there = insertion.receipt == Receipt::target || insertion.receipt == Receipt::sent;
  if (!is_there) problem = "no key was pressed after it";
  (void)SteadyClock().sleep_until(SteadyClock().now() + kBeforeKeys, cancel_);
  for (const std::string& name : request_.keys)
    if (problem.empty()) problem = press_key(name);
  if (!problem.empty()) insertion.note += (insertion.note.empty() ? "" : "; ") + problem;
}

// What went wrong; empty: nothing.
std::string PasteInsertion::press_key(const std::string& name) {
  const bool is_enter = name == "Enter" || name == "Return";
  if (is_enter && is_terminal(kind_) && !request_.terminal_enter) return "Enter is not pressed in a terminal";
  own_keys_rise();
  if (session_.focus().id != target_.id) return name + " was not pressed: another window has the focus";
  const auto pressed = session_.press({.key = is_enter ? "Return" : name});
  return pressed ? "" : pressed.error().message;
}

}  // namespace diktate
