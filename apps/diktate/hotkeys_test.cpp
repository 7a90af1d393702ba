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
#include "signals.h"
#include "store/settings_file.h"

namespace diktate {
namespace {

constexpr int kLook = 100;  // ms: how soon Ctrl-C is seen

int failed(const std::string& message) {
  print_error(message);
  return kFailure;
}

Result<std::string> keys_of_settings() {
  const auto settings = read_settings(settings_path());
  if (!settings) return tl::unexpected(settings.error());
  return settings->hotkeys.dictate.empty() ? DesktopChoice().dictate_key : settings->hotkeys.dictate;
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
class Prompt {
 public:
  explicit Prompt(std::string keys) : keys_(std::move(keys)) {}

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

int test_hotkeys(const std::string& keys) {
  const Signals signals;  // before anything that starts threads
  const auto wanted = keys.empty() ? keys_of_settings() : Result<std::string>(keys);
  if (!wanted) return failed(wanted.error().message);
  const SteadyClock clock;
  const auto hotkeys = make_hotkeys({.bindings = {{"dictate", *wanted}}}, clock);
  if (!hotkeys)
    return failed(hotkeys.error().message + " (a daemon that runs has its own keys: stop it first)");
  Watcher watcher(*wanted);
  Prompt prompt(*wanted);
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
