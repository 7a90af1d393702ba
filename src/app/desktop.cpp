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
#include "desktop/setup/key_bindings.h"

namespace diktate {
namespace {

constexpr const char* kHolding = "none";   // the inserter that only holds the text
constexpr const char* kEvdev = "evdev";    // the hotkeys that have keys of their own
constexpr const char* kPortal = "portal";  // the inserter that is of the session, whatever its display

Result<void> check_name(std::string_view table, const std::string& name,
                        const std::vector<std::string>& names) {
  if (std::find(names.begin(), names.end(), name) != names.end()) return {};
  return fail(ErrorKind::invalid,
              fmt::format("[{}] method: '{}' is none of {}", table, name, fmt::join(names, ", ")));
}

Result<void> check_key(const DesktopChoice& choice, const std::string& setting, const std::string& key) {
  const bool evdev = choice.hotkeys == kEvdev;  // it has names of its own
  const auto chord = evdev ? Result<Chord>() : parse_chord(key);
  if (!chord) return fail(chord.error().kind, "[hotkeys] " + setting + ": " + chord.error().message);
  const auto name = evdev ? Result<void>() : check_key_name(*chord);
  if (!name) return fail(name.error().kind, "[hotkeys] " + setting + ": " + name.error().message);
  const auto code = evdev ? evdev_key(key) : Result<std::uint16_t>();
  if (!code) return fail(code.error().kind, "[hotkeys] " + setting + ": " + code.error().message);
  return {};
}

// All keys, by their settings.
std::vector<NamedText> keys_of(const DesktopChoice& choice) {
  std::vector<NamedText> keys{{"dictate", choice.dictate_key}};
  if (choice.hotkeys != kEvdev || !choice.cancel_key.empty()) keys.push_back({"cancel", choice.cancel_key});
  if (!choice.last_key.empty()) keys.push_back({"last", choice.last_key});
  if (!choice.swap_key.empty()) keys.push_back({"swap", choice.swap_key});
  for (const NamedText& key : choice.profile_keys) keys.push_back({"profiles." + key.name, key.text});
  return keys;
}

// Both can be read.
bool is_one_key(const DesktopChoice& choice, const std::string& one, const std::string& other) {
  if (choice.hotkeys == kEvdev) return *evdev_key(one) == *evdev_key(other);
  return same_keys(*parse_chord(one), *parse_chord(other));
}

Result<void> check_keys(const DesktopChoice& choice) {
  const std::vector<NamedText> keys = keys_of(choice);
  for (auto key = keys.begin(); key != keys.end(); ++key) {
    if (auto good = check_key(choice, key->name, key->text); !good) return good;
    const auto first = std::find_if(keys.begin(), key, [&](const NamedText& before) {
      return is_one_key(choice, before.text, key->text);
    });
    if (first == key) continue;
    return fail(ErrorKind::invalid, fmt::format("[hotkeys] {}: the key {} is that of {}, too", key->name,
                                                key->text, first->name));
  }
  return {};
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

// The portal may take seconds to answer: it is taken at once, and gives way later if it has nothing.
InserterOptions options_of(const DesktopChoice& choice, const DisplayNames& found) {
  return {.backend = choice.insert,
          .command = choice.command,
          .programs = rows_of(choice.programs).value_or(std::vector<PasteRow>()),
          .follow_focus = choice.follow_focus,
          .display = found.x11,
          .wayland_display = found.wayland,
          .portal_limit = Nanoseconds::zero()};
}

std::unique_ptr<TextInserter> inserter_of(const DesktopChoice& choice, const DisplayNames& found,
                                          std::vector<std::string>& problems) {
  auto made = make_inserter(options_of(choice, found));
  if (made) return std::move(*made);
  problems.push_back("text is held: " + made.error().message);
  return std::move(*make_inserter({.backend = kHolding}));
}

// What inserts already, unless something else can and that cannot: another way, or the same on the display of
// the session that has come.
std::unique_ptr<TextInserter> kept(std::unique_ptr<TextInserter>& had, const DesktopChoice& choice,
                                   const DisplayNames& found, bool has_moved) {
  had->reconnect();
  const bool is_misplaced = choice.insert == "auto" && had->is_misplaced();
  const bool is_left_behind = has_moved && had->name() != kPortal && !had->problem().empty();
  if (!is_misplaced && !is_left_behind) return std::move(had);
  InserterOptions options = options_of(choice, found);
  if (is_misplaced) options.passed_over = {had->name()};
  auto other = make_inserter(options);
  return other ? std::move(*other) : std::move(had);
}

// Without a key for these there is dictation all the same.
std::vector<HotkeyOptions::Binding> spare_bindings(const DesktopChoice& choice) {
  std::vector<HotkeyOptions::Binding> bindings;
  if (!choice.last_key.empty()) bindings.push_back({"last", choice.last_key, "Insert the last text again"});
  if (!choice.swap_key.empty())
    bindings.push_back({"swap", choice.swap_key, "Swap the last text for its other version"});
  return bindings;
}

HotkeyOptions options_of(const DesktopChoice& choice, const DisplayNames& found,
                         const std::vector<HotkeyOptions::Binding>& spare) {
  HotkeyOptions options{.backend = choice.hotkeys,
                        .cancel = choice.cancel_key,
                        .display = found.x11,
                        .wayland_display = found.wayland,
                        .devices = choice.devices};
  options.bindings.push_back({dictate_action({}), choice.dictate_key});
  for (const NamedText& key : choice.profile_keys)
    options.bindings.push_back({dictate_action(key.name), key.text, "Dictate: " + key.name});
  options.bindings.insert(options.bindings.end(), spare.begin(), spare.end());
  return options;
}

// Those of them that can be had, tried one after the other.
std::vector<HotkeyOptions::Binding> available(const std::vector<HotkeyOptions::Binding>& spare,
                                              const DesktopChoice& choice, const DisplayNames& found,
                                              const Clock& clock, Desktop& desktop) {
  std::vector<HotkeyOptions::Binding> had;
  for (const HotkeyOptions::Binding& binding : spare) {
    had.push_back(binding);
    const auto made = make_hotkeys(options_of(choice, found, had), clock);
    if (made) continue;
    const std::string what = binding.action == "last" ? "the last text" : "swapping texts";
    desktop.notes.push_back("no key for " + what + ": " + made.error().message);
    desktop.lacks_keys = true;
    had.pop_back();
  }
  return had;
}

// Whether any of them that another program held is free now. Those that are ours are not.
bool can_have_more(const DesktopChoice& choice, const DisplayNames& found, const Clock& clock) {
  const auto spare = spare_bindings(choice);
  return std::any_of(spare.begin(), spare.end(), [&](const HotkeyOptions::Binding& binding) {
    HotkeyOptions alone = options_of(choice, found, {});
    alone.bindings = {binding};
    return make_hotkeys(alone, clock).has_value();
  });
}

void make_hotkeys_of(const DesktopChoice& choice, const DisplayNames& found, const Clock& clock,
                     Desktop& desktop) {
  if (choice.hotkeys == "none") return;
  const auto spare = spare_bindings(choice);
  auto made = make_hotkeys(options_of(choice, found, spare), clock);
  if (!made && !spare.empty() && make_hotkeys(options_of(choice, found, {}), clock))
    made = make_hotkeys(options_of(choice, found, available(spare, choice, found, clock, desktop)), clock);
  if (!made) desktop.problems.push_back("no hotkeys: " + made.error().message);
  if (made) desktop.hotkeys = std::move(*made);
}

std::string default_key(const DesktopChoice& choice, std::string DesktopChoice::*action,
                        const std::string& ours) {
  if (choice.hotkeys == kEvdev) return {};
  DesktopChoice with_it = choice;
  with_it.*action = ours;
  return check_keys(with_it) ? ours : "";
}

}  // namespace

std::string default_last_key(const DesktopChoice& choice) {
  return default_key(choice, &DesktopChoice::last_key, "Super+Alt+V");
}

std::string default_swap_key(const DesktopChoice& choice) {
  return default_key(choice, &DesktopChoice::swap_key, "Super+Alt+S");
}

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
  const DisplayNames found = found_displays();
  Desktop desktop;
  if (had.hotkeys && had.lacks_keys && can_have_more(choice, found, clock)) had.hotkeys.reset();
  if (had.hotkeys) {
    desktop.hotkeys = std::move(had.hotkeys);
    desktop.notes = std::move(had.notes);
    desktop.lacks_keys = had.lacks_keys;
  } else {
    make_hotkeys_of(choice, found, clock, desktop);
  }
  const std::string display = found.wayland.empty() ? found.x11 : found.wayland;
  const bool inserts = had.inserter && had.inserter->name() != kHolding;
  const TextInserter* const before = had.inserter.get();
  const bool has_moved = !display.empty() && !had.display.empty() && display != had.display;
  desktop.inserter =
      inserts ? kept(had.inserter, choice, found, has_moved) : inserter_of(choice, found, desktop.problems);
  desktop.display = desktop.inserter.get() == before ? had.display : display;
  return desktop;
}

}  // namespace diktate
