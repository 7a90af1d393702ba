#include "desktop/paste_insertion.h"

#include <algorithm>
#include <utility>

#include "desktop/paste_chord.h"
#include "desktop/processes.h"
#include "desktop/text_parts.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;

constexpr auto kFetchLimit = std::chrono::seconds(1);  // no window can be asked whether it is busy
constexpr auto kBeforeKeys = milliseconds(50);         // until a program has put in what it has read

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
  methods.emplace_back("clipboard");
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
      text_(is_terminal(kind_) && !options.lines_to_terminals ? on_one_line(request.text) : request.text) {}

std::string PasteInsertion::window_name() const {
  return target_.app_id.empty() ? "the window" : target_.app_id;
}

bool PasteInsertion::is_allowed(std::string_view method) const {
  const auto& only = options_.methods;
  return only.empty() || std::find(only.begin(), only.end(), method) != only.end();
}

Insertion PasteInsertion::hold(std::string why) {
  session_.give_back();
  return {"none", Receipt::none, true, std::move(why)};
}

Result<Insertion> PasteInsertion::run() {
  if (!session_.alive()) return tl::unexpected(session_.loss());
  if (auto why = reason_not_to_press()) return on_clipboard(*why);
  auto why = reason_to_hold();
  if (!session_.alive()) return tl::unexpected(session_.loss());
  if (why) return hold(std::move(*why));
  return paste(*paste_chord_for(kind_));
}

// The text can then only be left on the clipboard.
std::optional<std::string> PasteInsertion::reason_not_to_press() {
  if (auto why = session_.why_no_paste()) return why;
  if (target_.id == 0 && session_.tells_focus()) return "it is not known which window has the focus";
  const auto chord = paste_chord_for(kind_);
  if (!chord) return window_name() + " does not paste the clipboard";
  if (!is_allowed(paste_method_of(*chord))) return "";
  return std::nullopt;
}

// Nothing is done to another window than the one that was meant, or to a clipboard that cannot be put back.
std::optional<std::string> PasteInsertion::reason_to_hold() {
  const Custody custody = session_.custody(SteadyClock().now() + kCopyLimit, cancel_);
  if (cancel_.stop_requested()) return "it was cancelled";
  if (!may_take(custody)) return std::string(reason_of(custody)) + ": the text was not inserted";
  const Toplevel now = session_.focus();
  if (options_.follow_focus || now.id == target_.id) return std::nullopt;
  return "another window has the focus than when you began (it was " + window_name() +
         "): the text was not inserted";
}

// It is on the clipboard already.
Result<Insertion> PasteInsertion::leave(const std::string& why) {
  if (!session_.alive()) return tl::unexpected(session_.loss());
  session_.keep();
  return Insertion{"clipboard", Receipt::none, true, why + ": the text is on the clipboard, press paste"};
}

Result<Insertion> PasteInsertion::paste(const Chord& chord) {
  if (auto offered = session_.offer(text_, processes_); !offered) return tl::unexpected(offered.error());
  if (auto pressed = session_.press(chord); !pressed) return leave(pressed.error().message);
  const FetchState state = await_receipt();
  if (state.gone) return tl::unexpected(session_.loss());
  Insertion insertion{paste_method_of(chord), Receipt::target, false, {}};
  if (!state.target && !state.someone) {
    if (state.lost)
      return hold("another program took the clipboard at that moment: the text was not inserted");
    return leave(window_name() + " did not paste at " + to_string(chord));
  }
  if (!state.target) {
    insertion.receipt = Receipt::someone;
    insertion.note = "a program read the text that is not known to be " + window_name();
  }
  press_keys(insertion);
  session_.give_back();
  return insertion;
}

// Where no process can be the target's for all that is known, whoever reads is as good as another.
FetchState PasteInsertion::await_receipt() {
  const bool any = processes_.empty();
  return session_.wait(
      SteadyClock().now() + kFetchLimit,
      [&](const FetchState& state) { return state.target || state.lost || (any && state.someone); }, cancel_);
}

Result<Insertion> PasteInsertion::on_clipboard(const std::string& why) {
  const std::string reason = why.empty() ? "" : why + ": ";
  if (!is_allowed("clipboard")) return hold(reason + "the text was not inserted");
  const Custody custody = session_.custody(SteadyClock().now() + kCopyLimit, cancel_);
  if (!may_take(custody)) return hold(reason + std::string(reason_of(custody)));
  if (auto offered = session_.offer(text_, {}); !offered) return tl::unexpected(offered.error());
  session_.keep();
  return Insertion{"clipboard", Receipt::none, true, reason + "the text is on the clipboard, press paste"};
}

// Only once the text is known to be there.
void PasteInsertion::press_keys(Insertion& insertion) {
  if (request_.keys.empty()) return;
  std::string problem;
  if (insertion.receipt != Receipt::target) problem = "no key was pressed after it";
  (void)SteadyClock().sleep_until(SteadyClock().now() + kBeforeKeys, cancel_);
  for (const std::string& name : request_.keys)
    if (problem.empty()) problem = press_key(name);
  if (!problem.empty()) insertion.note += (insertion.note.empty() ? "" : "; ") + problem;
}

// What went wrong; empty: nothing.
std::string PasteInsertion::press_key(const std::string& name) {
  const bool is_enter = name == "Enter" || name == "Return";
  if (is_enter && is_terminal(kind_) && !options_.enter_to_terminals)
    return "Enter is not pressed in a terminal";
  if (session_.focus().id != target_.id) return name + " was not pressed: another window has the focus";
  const auto pressed = session_.press({.key = is_enter ? "Return" : name});
  return pressed ? "" : pressed.error().message;
}

}  // namespace diktate
