#include "desktop/insert_test.h"

#include <array>
#include <cstdlib>
#include <utility>

#include "desktop/portal/check.h"
#include "desktop/wayland/clipboard_trial.h"
#include "desktop/wayland/inserter.h"
#include "desktop/x11/test_window.h"

namespace diktate {
namespace {

constexpr auto kFocusLimit = std::chrono::seconds(5);
constexpr auto kArrivalLimit = std::chrono::seconds(2);
constexpr const char* kText = "Año — “quotes” 你好 😀";

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

void insert(InsertTrial& trial, X11TestWindow& window, TextInserter& inserter, std::stop_token cancel) {
  const auto target = inserter.remember();
  trial.tried = true;
  const auto inserted = inserter.insert(*target, {kText}, std::move(cancel));
  if (!inserted) {
    trial.why = inserted.error().message;
    return;
  }
  const std::string got = window.text(kText, kArrivalLimit);
  trial.receipt = kReceiptNames.at(static_cast<std::size_t>(inserted->receipt));
  trial.works = !inserted->held && got == kText;
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
    insert(trial, **window, **inserter, std::move(cancel));
  }
  return trial;
}

// No window of ours is shown there: what pastes is known, and is tried by dictating.
std::vector<InsertTrial> look_at_wayland(const InserterOptions& options) {
  const auto can_paste = check_wayland_paste(options.wayland_display);
  std::vector<InsertTrial> trials;
  for (const std::string& method : paste_methods()) {
    if (method == "clipboard") continue;
    trials.push_back({"wayland",
                      method,
                      can_paste.has_value(),
                      false,
                      false,
                      {},
                      can_paste ? "dictate into a window to try it" : can_paste.error().message});
  }
  return trials;
}

InsertTrial look_at_portal() {
  const auto has = check_portal_paste();
  return {"portal",
          paste_methods().front(),
          has.has_value(),
          false,
          false,
          {},
          has ? "the desktop would ask you for a permission: dictate into a window to try it"
              : has.error().message};
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

InsertTrial try_command(InserterOptions options, std::stop_token cancel) {
  InsertTrial trial{"command", "command"};
  options.backend = "command";
  const auto inserter = make_inserter(options);
  if (!inserter) {
    trial.why = inserter.error().message;
    return trial;
  }
  trial.found = trial.tried = true;
  const auto target = (*inserter)->remember();
  const auto inserted = (*inserter)->insert(*target, {kText}, std::move(cancel));
  trial.works = inserted.has_value();
  if (inserted) trial.receipt = kReceiptNames.at(static_cast<std::size_t>(inserted->receipt));
  if (!inserted) trial.why = inserted.error().message;
  return trial;
}

}  // namespace

std::vector<InsertTrial> test_insertion(const InserterOptions& options, std::stop_token cancel) {
  std::vector<InsertTrial> trials = look_at_wayland(options);
  trials.push_back(look_at_portal());
  for (const Setting& setting : kSettings) {
    if (cancel.stop_requested()) return trials;
    trials.push_back(try_x11(setting, options, cancel));
  }
  trials.push_back(try_clipboard(options));
  trials.push_back(try_command(options, cancel));
  return trials;
}

}  // namespace diktate
