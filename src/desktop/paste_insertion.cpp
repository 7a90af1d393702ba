#include "desktop/paste_insertion.h"

#include <algorithm>
#include <utility>

#include "desktop/paste_chord.h"
#include "desktop/processes.h"
#include "desktop/text_parts.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;

constexpr auto kFetchLimit = std::chrono::seconds(1);        // no window can be asked whether it is busy
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

Result<Insertion> PasteInsertion::hold(std::string why) {
  if (!session_.alive()) return tl::unexpected(session_.loss());
  session_.give_back(PasteSession::kGrace);
  return Insertion{"none", Receipt::none, true, std::move(why)};
}

void PasteInsertion::because(std::string_view reason) {
  if (why_.find(reason) != std::string::npos) return;
  why_.append(why_.empty() ? "" : "; ").append(reason);
}

Result<Insertion> PasteInsertion::run() {
  if (!session_.alive()) return tl::unexpected(session_.loss());
  if (auto why = reason_not_to_press()) {
    because(*why);
    return on_clipboard();
  }
  if (auto why = reason_to_hold()) return hold(std::move(*why));
  const auto chord = chord_to_paste();
  if (chord) {
    auto pasted = paste(*chord);
    if (!pasted) return tl::unexpected(pasted.error());
    if (*pasted) return std::move(**pasted);
    if (!session_.can_type()) return leave();
    session_.refuse();
    if (auto why = reason_to_hold()) return hold(std::move(*why));
  }
  if (auto typed = type(chord.has_value())) return std::move(*typed);
  return on_clipboard();
}

// The text can then only be left on the clipboard.
std::optional<std::string> PasteInsertion::reason_not_to_press() {
  if (auto why = session_.why_no_paste()) return why;
  if (target_.id == 0 && session_.tells_focus()) return "it is not known which window has the focus";
  return std::nullopt;
}

Custody PasteInsertion::custody() { return session_.custody(SteadyClock().now() + kCopyLimit, cancel_); }

// Nothing: it cannot be pasted, or what is on the clipboard could not be put back.
std::optional<Chord> PasteInsertion::chord_to_paste() {
  auto chord = paste_chord_for(kind_);
  if (!chord) because(window_name() + " does not paste the clipboard");
  if (!chord || !is_allowed(paste_method_of(*chord))) return std::nullopt;
  const Custody known = custody();
  if (may_take(known)) return chord;
  because(reason_of(known));
  return std::nullopt;
}

// Nothing is done to another window than the one that was meant.
std::optional<std::string> PasteInsertion::reason_to_hold() {
  (void)custody();  // that takes a moment, in which the focus may move
  if (cancel_.stop_requested()) return "it was cancelled";
  const Toplevel now = session_.focus();
  if (now.id == target_.id) return std::nullopt;
  focus_moved_ = why_.empty();  // else another way was tried already
  return "another window has the focus than when you began (it was " + window_name() +
         "): the text was not inserted";
}

// It is on the clipboard already.
Result<Insertion> PasteInsertion::leave() {
  if (!session_.alive()) return tl::unexpected(session_.loss());
  session_.keep();
  return Insertion{"clipboard", Receipt::none, true, why_ + ": the text is on the clipboard, press paste"};
}

// Nothing: nobody did.
Result<std::optional<Insertion>> PasteInsertion::paste(const Chord& chord) {
  if (auto offered = session_.offer(text_, processes_); !offered) return tl::unexpected(offered.error());
  if (auto pressed = session_.press(chord); !pressed) {
    because(pressed.error().message);
    return std::nullopt;
  }
  const FetchState state = await_receipt();
  if (state.gone) return tl::unexpected(session_.loss());
  Insertion insertion{paste_method_of(chord), Receipt::target, false, {}};
  if (!state.target && !state.someone) {
    if (state.lost)
      return hold("another program took the clipboard at that moment: the text was not inserted")
          .map([](Insertion held) { return std::optional(std::move(held)); });
    because(window_name() + " did not paste at " + to_string(chord));
    return std::nullopt;
  }
  if (!state.target) {
    insertion.receipt = Receipt::someone;
    insertion.note = "a program read the text that is not known to be " + window_name();
  }
  press_keys(insertion);
  session_.give_back(PasteSession::kGrace);
  return insertion;
}

// Where no process can be the target's for all that is known, whoever reads is as good as another.
FetchState PasteInsertion::await_receipt() {
  const bool any = processes_.empty();
  return session_.wait(
      SteadyClock().now() + kFetchLimit,
      [&](const FetchState& state) { return state.target || state.lost || (any && state.someone); }, cancel_);
}

// `after_paste`: keys that paste were pressed, and may yet be answered; the text is not to be had there.
std::optional<Insertion> PasteInsertion::type(bool after_paste) {
  if (!is_allowed("type") || !session_.can_type()) return std::nullopt;
  const bool has_lines = text_.find('\n') != std::string::npos;
  if (text_.size() > options_.longest_typed || has_lines) {
    because(has_lines ? "a text of several lines is not typed" : "it is too long to be typed");
    return std::nullopt;
  }
  if (const auto typed = session_.type(text_); !typed) {
    because(typed.error().message);
    return std::nullopt;
  }
  Insertion insertion{"type", Receipt::sent, false, {}};
  press_keys(insertion);
  session_.give_back(after_paste ? kLatePaste : PasteSession::kGrace);
  return insertion;
}

Result<Insertion> PasteInsertion::on_clipboard() {
  if (!session_.alive()) return tl::unexpected(session_.loss());
  const std::string reason = why_.empty() ? "" : why_ + ": ";
  if (!is_allowed("clipboard")) return hold(reason + "the text was not inserted");
  if (const Custody known = custody(); !may_take(known)) {
    because(reason_of(known));
    return hold(why_ + ": the text was not inserted");
  }
  if (auto offered = session_.offer(text_, {}); !offered) return tl::unexpected(offered.error());
  session_.keep();
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
  if (session_.focus().id != target_.id) return name + " was not pressed: another window has the focus";
  const auto pressed = session_.press({.key = is_enter ? "Return" : name});
  return pressed ? "" : pressed.error().message;
}

}  // namespace diktate
