#include "desktop/insert_test.h"

#include <array>
#include <cstdlib>
#include <functional>
#include <memory>
#include <utility>

#include "desktop/command_inserter.h"
#include "desktop/own_terminal.h"
#include "desktop/paste_chord.h"
#include "desktop/portal/check.h"
#include "desktop/processes.h"
#include "desktop/wayland/clipboard_trial.h"
#include "desktop/wayland/inserter.h"
#include "desktop/x11/test_window.h"

namespace diktate {
namespace {

constexpr auto kFocusLimit = std::chrono::seconds(5);
constexpr auto kArrivalLimit = std::chrono::seconds(2);
constexpr auto kFocusPause = std::chrono::milliseconds(50);
constexpr const char* kText = "Año — “quotes” 你好 😀";
constexpr const char* kAsks = "the desktop would ask you for a permission: dictate into a window to try it";
constexpr const char* kTypedText = "Año — “quotes”";  // what any terminal takes from keys

// What the window must be like for a method to be tried.
struct Setting {
  const char* method;
  const char* keys;
  PasteKind kind;
};
constexpr Setting kSettings[] = {
    {"paste Ctrl+V", "Ctrl+V", PasteKind::ordinary},
    {"paste Shift+Insert", "Shift+Insert", PasteKind::shift_insert},
    {"paste Ctrl+Shift+V", "Ctrl+Shift+V", PasteKind::terminal},
    {"paste selection Shift+Insert", "Shift+Insert", PasteKind::primary_terminal},
    {"type", "", PasteKind::ordinary},
};

// What came of the text, as the window has it.
using ReadBack = std::function<std::string(const std::string& expected)>;

void insert(InsertTrial& trial, const std::string& text, TextInserter& inserter, const ReadBack& read_back,
            std::stop_token cancel) {
  const auto target = inserter.remember();
  trial.tried = true;
  const auto inserted = inserter.insert(*target, {text}, std::move(cancel));
  if (!inserted) {
    trial.why = inserted.error().message;
    return;
  }
  const std::string got = read_back(text);
  trial.receipt = kReceiptNames.at(static_cast<std::size_t>(inserted->receipt));
  trial.works = !inserted->held && got == text;
  trial.why = inserted->note;
  if (!trial.works && trial.why.empty())
    trial.why = got.empty() ? "nothing came" : "another text came than was sent";
}

InsertTrial try_x11(const Setting& setting, InserterOptions options, std::stop_token cancel) {
  InsertTrial trial{"x11", setting.method};
  options.backend = "x11";
  options.methods = {setting.method};
  options.programs = {{X11TestWindow::kTestProgram, setting.kind}};
  const auto inserter = make_inserter(options);
  if (!inserter) {
    trial.why = inserter.error().message;
    return trial;
  }
  trial.found = true;
  const bool primary = setting.kind == PasteKind::primary_terminal;
  const auto window = X11TestWindow::open(options.display, setting.keys, primary);
  if (!window) {
    trial.why = window.error().message;
  } else if (!(*window)->await_focus(kFocusLimit)) {
    trial.why = "the window of the test did not get the focus: start it from a terminal, and do not type";
  } else {
    const auto read_back = [&](const std::string& text) { return (*window)->text(text, kArrivalLimit); };
    insert(trial, kText, **inserter, read_back, std::move(cancel));
  }
  return trial;
}

// The terminal that the test runs in, as the window that has the focus.
struct FocusedTerminal {
  std::unique_ptr<OwnTerminal> terminal;
  std::string app_id;
  std::string method;  // by which it pastes; empty: none does
};

// Waits for the focus, as a terminal that was just opened may not have it yet.
Result<FocusedTerminal> focused_terminal(const InserterOptions& options, const std::stop_token& cancel) {
  auto terminal = OwnTerminal::open();
  if (!terminal) return tl::unexpected(terminal.error());
  const SteadyClock clock;
  std::string app_id;
  for (const Instant until = clock.now() + kFocusLimit; clock.now() < until && !cancel.stop_requested();
       clock.sleep_until(clock.now() + kFocusPause, cancel)) {
    app_id = focused_app(options.wayland_display);
    if (!descends_from(processes_called(app_id))) continue;
    const auto chord =
        paste_chord_for(paste_kind_of(app_id, app_id, options.programs).value_or(PasteKind::terminal));
    return FocusedTerminal{std::move(*terminal), app_id, chord ? paste_method_of(*chord) : ""};
  }
  if (app_id.empty()) return fail(ErrorKind::unavailable, "it is not known which window has the focus");
  return fail(ErrorKind::unavailable, "its terminal has not the focus (it is in " + app_id + ")");
}

// What an inserter gave back to the clipboard goes with it.
using Inserters = std::vector<std::unique_ptr<TextInserter>>;

void try_terminal(InsertTrial& trial, FocusedTerminal& window, InserterOptions options, Inserters& used,
                  std::stop_token cancel) {
  const bool types = trial.method == "type";
  if (!types && trial.method != window.method) {
    trial.why =
        window.app_id + " does not paste so" + (window.method.empty() ? "" : ", but by " + window.method);
    return;
  }
  options.backend = "wayland";
  options.methods = {trial.method};
  auto inserter = make_inserter(options);
  if (!inserter) {
    trial.why = inserter.error().message;
    return;
  }
  window.terminal->forget();
  const auto read_back = [&](const std::string& text) { return window.terminal->text(text, kArrivalLimit); };
  insert(trial, types ? kTypedText : kText, **inserter, read_back, std::move(cancel));
  used.push_back(std::move(*inserter));
}

Result<FocusedTerminal> terminal_to_try(const Result<bool>& can_paste, const InserterOptions& options,
                                        const std::stop_token& cancel) {
  if (!can_paste) return tl::unexpected(can_paste.error());
  if (!*can_paste) return fail(ErrorKind::unavailable, kAsks);
  return focused_terminal(options, cancel).map_error([](Error error) {
    error.message += ": run it in a terminal window of this session, and leave the focus there";
    return error;
  });
}

// No window of ours is shown there: they are tried on the terminal of the test.
std::vector<InsertTrial> try_wayland(const InserterOptions& options, Inserters& used,
                                     const std::stop_token& cancel) {
  std::vector<InsertTrial> trials;
  for (const std::string& method : paste_methods())
    if (method != "clipboard") trials.push_back({"wayland", method});
  const auto can_paste = check_wayland_paste(options.wayland_display);
  auto terminal = terminal_to_try(can_paste, options, cancel);
  for (InsertTrial& trial : trials) {
    trial.found = can_paste.has_value();
    if (terminal && !cancel.stop_requested()) try_terminal(trial, *terminal, options, used, cancel);
    if (!terminal) trial.why = terminal.error().message;
  }
  return trials;
}

InsertTrial look_at_portal() {
  const auto has = check_portal_paste();
  return {"portal", paste_methods().front(),          has.has_value(), false, false,
          {},       has ? kAsks : has.error().message};
}

InsertTrial look_at_clipboard(InserterOptions options) {
  InsertTrial trial{"clipboard", "clipboard"};
  options.backend = "clipboard";
  const auto inserter = make_inserter(options);
  trial.found = inserter.has_value();
  trial.why = inserter ? "it would replace what is on your clipboard" : inserter.error().message;
  return trial;
}

// That of Wayland is tried if that costs nothing.
InsertTrial try_clipboard(const InserterOptions& options) {
  const auto done = try_wayland_clipboard(options.wayland_display, kText);
  if (!done && done.error().kind == ErrorKind::unavailable) return look_at_clipboard(options);
  InsertTrial trial{"clipboard", "clipboard", true, !done || done->tried};
  trial.why = done ? done->why : done.error().message;
  if (!done || !done->tried) return trial;
  trial.receipt = kReceiptNames.at(static_cast<std::size_t>(done->receipt));
  trial.works = done->got == kText && done->receipt == Receipt::target;
  if (!trial.works)
    trial.why = done->got == kText ? "who read it is not known" : "another text came than was sent";
  return trial;
}

// Only who names it wants it to have a text: it may well put that onto the clipboard.
InsertTrial try_command(const TrialCommand& command, std::stop_token cancel) {
  InsertTrial trial{"command", "command"};
  const auto inserter =
      make_command_inserter({.command = command.words, .name = command.name, .way_out = ""});
  trial.found = inserter.has_value();
  if (!inserter) {
    trial.why = "no command is set: neither 'command' of [insert] in config.toml nor --command";
  } else if (!command.wanted) {
    trial.why =
        "the settings have '" + command.name + "', which may replace your clipboard: --command tries one";
  } else {
    trial.tried = true;
    const auto target = (*inserter)->remember();
    const auto inserted = (*inserter)->insert(*target, {kText}, std::move(cancel));
    trial.works = inserted.has_value();
    if (inserted) trial.receipt = kReceiptNames.at(static_cast<std::size_t>(inserted->receipt));
    if (!inserted) trial.why = inserted.error().message;
  }
  return trial;
}

}  // namespace

std::vector<InsertTrial> test_insertion(const InserterOptions& options, const TrialCommand& command,
                                        std::stop_token cancel) {
  InsertTrial clipboard = try_clipboard(options);  // first: the others take the clipboard, and give it back
  Inserters used;                                  // to the end
  std::vector<InsertTrial> trials = try_wayland(options, used, cancel);
  trials.push_back(look_at_portal());
  for (const Setting& setting : kSettings) {
    if (cancel.stop_requested()) return trials;
    trials.push_back(try_x11(setting, options, cancel));
  }
  trials.push_back(std::move(clipboard));
  trials.push_back(try_command(command, cancel));
  return trials;
}

}  // namespace diktate
