#include "app/desktop.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "desktop/chord.h"
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

// How the user's programs paste.
Result<std::vector<PasteRow>> rows_of(const std::vector<NamedText>& programs) {
  std::vector<PasteRow> rows;
  for (const NamedText& program : programs) {
    const auto kind = parse_paste_kind(program.text);
    if (!kind)
      return fail(kind.error().kind, "[insert.programs] " + program.name + ": " + kind.error().message);
    rows.push_back({program.name, *kind});
  }
  return rows;
}

std::unique_ptr<TextInserter> inserter_of(const DesktopChoice& choice, std::vector<std::string>& problems) {
  auto made = make_inserter({.backend = choice.insert,
                             .command = choice.command,
                             .programs = rows_of(choice.programs).value_or(std::vector<PasteRow>()),
                             .follow_focus = choice.follow_focus});
  if (made) return std::move(*made);
  problems.push_back("text is held: " + made.error().message);
  return std::move(*make_inserter({.backend = kHolding}));
}

std::unique_ptr<Hotkeys> hotkeys_of(const DesktopChoice& choice, const Clock& clock,
                                    std::vector<std::string>& problems) {
  if (choice.hotkeys == "none") return nullptr;
  auto made = make_hotkeys({.backend = choice.hotkeys,
                            .bindings = {{"dictate", choice.dictate_key}},
                            .cancel = choice.cancel_key,
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
  if (const auto rows = rows_of(choice.programs); !rows) return tl::unexpected(rows.error());
  if (choice.insert == "command" && choice.command.empty())
    return fail(ErrorKind::invalid,
                "[insert] method 'command' needs a command, such as command = [\"wl-copy\"]");
  return {};
}

Desktop make_desktop(const DesktopChoice& choice, const Clock& clock, Desktop& had) {
  Desktop desktop;
  const bool inserts = had.inserter && had.inserter->name() != kHolding;
  if (inserts) had.inserter->reconnect();
  desktop.inserter = inserts ? std::move(had.inserter) : inserter_of(choice, desktop.problems);
  desktop.hotkeys = had.hotkeys ? std::move(had.hotkeys) : hotkeys_of(choice, clock, desktop.problems);
  return desktop;
}

}  // namespace diktate
