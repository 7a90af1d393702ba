#include "hotkeys_test.h"

#include <optional>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <poll.h>

#include "app/desktop.h"
#include "app/format.h"
#include "base/clock.h"
#include "console.h"
#include "desktop/make_desktop.h"
#include "processing_options.h"
#include "signals.h"
#include "store/settings_file.h"

namespace diktate {
namespace {

constexpr int kLook = 100;  // ms: how soon Ctrl-C is seen

// What listens where the daemon would not: what "auto" finds.
Result<HotkeyOptions> options_of_settings(const HotkeysCommand& command) {
  const auto settings = read_settings(settings_path());
  if (!settings) return tl::unexpected(settings.error());
  HotkeyOptions options;
  const std::string method = command.method.empty() ? settings->hotkeys.method : command.method;
  if (!method.empty() && method != "none") options.backend = method;
  if (method == "evdev") options.cancel.clear();
  options.devices = settings->hotkeys.devices;
  const std::string set = settings->hotkeys.dictate.value_or(DesktopChoice().dictate_key);
  options.bindings = {{"dictate", command.keys.empty() ? set : command.keys}};
  return options;
}

Error with_way_out(const Error& error) {
  const bool is_taken = error.kind == ErrorKind::taken;
  return {error.kind,
          error.message + (is_taken ? " (a daemon that runs has its own keys: stop it first)" : "")};
}

// Says what happens to the key, and whether it was released once.
class Watcher {
 public:
  explicit Watcher(std::string keys) : keys_(std::move(keys)) {}

  Result<void> see(const HotkeyEvent& event) {
    if (event.pressed) {
      pressed_ = event.at;
      return print_result(fmt::format("{} pressed\n", keys_));
    }
    if (!pressed_) return {};
    const auto held = std::chrono::duration_cast<std::chrono::milliseconds>(event.at - *pressed_);
    pressed_.reset();
    released_ = true;
    return print_result(fmt::format("{} released after {} ms\n", keys_, held.count()));
  }

  bool released() const { return released_; }

 private:
  const std::string keys_;
  std::optional<Instant> pressed_;
  bool released_ = false;
};

// Says, once each, that the desktop is asked, and what to press.
class PressPrompt {
 public:
  explicit PressPrompt(std::string keys) : keys_(std::move(keys)) {}

  // Fails where nothing will be heard.
  Result<void> show(const HotkeyState& state) {
    if (!state.problem.empty()) return fail(ErrorKind::unavailable, state.problem);
    if (!state.listening && !std::exchange(asked_, true))
      print_note("The desktop is asked for the key; it may ask you.\n");
    if (state.listening && !std::exchange(shown_, true))
      print_note(fmt::format("Press {} now, and release it; Ctrl-C ends.\n",
                             state.keys.empty() ? keys_ : printable(state.keys)));
    return {};
  }

 private:
  const std::string keys_;
  bool asked_ = false;
  bool shown_ = false;
};

}  // namespace

int test_hotkeys(const HotkeysCommand& command) {
  const Signals signals;  // before anything that starts threads
  const auto wanted = options_of_settings(command);
  if (!wanted) return failed(wanted.error().message);
  const SteadyClock clock;
  const auto hotkeys = make_hotkeys(*wanted, clock);
  if (!hotkeys) {
    const Error error = with_way_out(hotkeys.error());
    return command.keys.empty() ? failed(error.message) : report_choice(error, "hotkeys test");
  }
  const std::string& keys = wanted->bindings.front().keys;
  Watcher watcher(keys);
  PressPrompt prompt(keys);
  while (!signals.finish().stop_requested() && !signals.cancel().stop_requested()) {
    if (auto listening = prompt.show((*hotkeys)->state()); !listening)
      return failed(listening.error().message);
    pollfd ready{(*hotkeys)->descriptor(), POLLIN, 0};
    if (::poll(&ready, 1, kLook) <= 0) continue;
    const auto events = (*hotkeys)->events();
    if (!events) return failed(events.error().message);
    for (const HotkeyEvent& event : *events) {
      if (auto printed = watcher.see(event); !printed) return failed(printed.error().message);
    }
  }
  return watcher.released() ? kSuccess : failed("the key was not heard");
}

}  // namespace diktate
