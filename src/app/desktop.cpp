#include "app/desktop.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "desktop/chord.h"
#include "desktop/displays.h"
#include "desktop/evdev/keys.h"
#include "desktop/make_desktop.h"

namespace diktate {
namespace {

constexpr const char* kHolding = "none";  // the inserter that only holds the text
constexpr const char* kEvdev = "evdev";   // the hotkeys that have keys of their own

Result<void> check_name(std::string_view table, const std::string& name,
                        const std::vector<std::string>& names) {
  if (std::find(names.begin(), names.end(), name) != names.end()) return {};
  return fail(ErrorKind::invalid,
              fmt::format("[{}] method: '{}' is none of {}", table, name, fmt::join(names, ", ")));
}

Result<void> check_key(const DesktopChoice& choice, const std::string& setting, const std::string& key) {
  const bool evdev = choice.hotkeys == kEvdev;
  const auto chord = evdev ? Result<Chord>() : parse_chord(key);
  if (!chord) return fail(chord.error().kind, "[hotkeys] " + chord.error().message);
  const auto code = evdev ? evdev_key(key) : Result<std::uint16_t>();
  if (!code) return fail(code.error().kind, "[hotkeys] " + setting + ": " + code.error().message);
  return {};
}

Result<void> check_keys(const DesktopChoice& choice) {
  if (auto good = check_key(choice, "dictate", choice.dictate_key); !good) return good;
  if (choice.hotkeys == kEvdev && choice.cancel_key.empty()) return {};
  return check_key(choice, "cancel", choice.cancel_key);
}

// The portal may take seconds to answer: it is taken at once, and gives way later if it has nothing.
InserterOptions options_of(const DesktopChoice& choice) {
  const DisplayNames found = found_displays();
  return {.backend = choice.insert,
          .command = choice.command,
          .display = found.x11,
          .wayland_display = found.wayland,
          .portal_limit = Nanoseconds::zero()};
}

std::unique_ptr<TextInserter> inserter_of(const DesktopChoice& choice, std::vector<std::string>& problems) {
  auto made = make_inserter(options_of(choice));
  if (made) return std::move(*made);
  problems.push_back("text is held: " + made.error().message);
  return std::move(*make_inserter({.backend = kHolding}));
}

// What inserts already, unless something else can and that cannot.
std::unique_ptr<TextInserter> kept(std::unique_ptr<TextInserter>& had, const DesktopChoice& choice) {
  had->reconnect();
  if (choice.insert != "auto" || !had->is_misplaced()) return std::move(had);
  InserterOptions options = options_of(choice);
  options.passed_over = {had->name()};
  auto other = make_inserter(options);
  return other ? std::move(*other) : std::move(had);
}

std::unique_ptr<Hotkeys> hotkeys_of(const DesktopChoice& choice, const Clock& clock,
                                    std::vector<std::string>& problems) {
  if (choice.hotkeys == "none") return nullptr;
  const DisplayNames found = found_displays();
  auto made = make_hotkeys({.backend = choice.hotkeys,
                            .bindings = {{"dictate", choice.dictate_key}},
                            .cancel = choice.cancel_key,
                            .display = found.x11,
                            .wayland_display = found.wayland,
                            .devices = choice.devices},
                           clock);
  if (made) return std::move(*made);
  problems.push_back("no hotkeys: " + made.error().message);
  return nullptr;
}

}  // namespace

Result<void> check_desktop(const DesktopChoice& choice) {
  if (auto known = check_name("insert", choice.insert, inserter_names()); !known) return known;
  if (auto known = check_name("hotkeys", choice.hotkeys, hotkey_names()); !known) return known;
  if (auto good = check_keys(choice); !good) return good;
  if (choice.insert == "command" && choice.command.empty())
    return fail(ErrorKind::invalid,
                "[insert] method 'command' needs a command, such as command = [\"wl-copy\"]");
  return {};
}

Desktop make_desktop(const DesktopChoice& choice, const Clock& clock, Desktop& had) {
  Desktop desktop;
  desktop.hotkeys = had.hotkeys ? std::move(had.hotkeys) : hotkeys_of(choice, clock, desktop.problems);
  const bool inserts = had.inserter && had.inserter->name() != kHolding;
  desktop.inserter = inserts ? kept(had.inserter, choice) : inserter_of(choice, desktop.problems);
  return desktop;
}

}  // namespace diktate
