#include "desktop/make_desktop.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include <sys/eventfd.h>

#include "base/files.h"
#include "base/paths.h"
#include "desktop/chord.h"
#include "desktop/command_inserter.h"
#include "desktop/evdev/hotkeys.h"
#include "desktop/holding_inserter.h"
#include "desktop/portal/check.h"
#include "desktop/portal/hotkeys.h"
#include "desktop/portal/inserter.h"
#include "desktop/stdout_inserter.h"
#include "desktop/wayland/inserter.h"
#include "desktop/x11/hotkeys.h"
#include "desktop/x11/inserter.h"

namespace diktate {
namespace {

using MadeInserter = Result<std::unique_ptr<TextInserter>>;
using MadeHotkeys = Result<std::unique_ptr<Hotkeys>>;

std::string holder_of(const InserterOptions& options) {
  if (!options.holder.empty()) return options.holder;
  const auto beside = program_folder() / "diktate-clipboard-holder";
  std::error_code error;
  return std::filesystem::exists(beside, error) ? beside.string() : "";
}

MadeInserter x11_inserter(const InserterOptions& options) {
  return make_x11_inserter({.display = options.display,
                            .programs = options.programs,
                            .methods = options.methods,
                            .follow_focus = options.follow_focus,
                            .holder = holder_of(options)});
}

PasteOptions paste_options(const InserterOptions& options) {
  return {.programs = options.programs, .methods = options.methods, .follow_focus = options.follow_focus};
}

std::filesystem::path remote_desktop_token() { return state_folder() / "remote-desktop-token"; }

MadeInserter wayland_inserter(const InserterOptions& options) {
  return make_wayland_inserter({.display = options.wayland_display,
                                .paste = paste_options(options),
                                .portal_token = remote_desktop_token(),
                                .holder = holder_of(options),
                                .ignored_globals = options.ignored_globals});
}

// By itself it is taken only where there is Wayland. A portal that does not answer yet may do so later, and
// says then what it has.
MadeInserter portal_inserter(const InserterOptions& options) {
  if (options.backend == "auto") {
    if (!has_wayland(options.wayland_display)) return fail(ErrorKind::unavailable, "");  // it was said
    const auto has = check_portal_paste(options.portal_limit);
    if (!has && has.error().kind != ErrorKind::timeout) return tl::unexpected(has.error());
  }
  return make_portal_inserter({{.token_file = remote_desktop_token()}, paste_options(options)});
}

MadeInserter clipboard_inserter(const InserterOptions& options) {
  auto wayland = make_wayland_inserter({.display = options.wayland_display,
                                        .paste = {.methods = {"clipboard"}},
                                        .holder = holder_of(options)});
  if (wayland) return wayland;
  auto x11 =
      make_x11_inserter({.display = options.display, .methods = {"clipboard"}, .holder = holder_of(options)});
  if (x11) return x11;
  return fail(ErrorKind::unavailable, wayland.error().message + "; " + x11.error().message);
}

MadeInserter command_inserter(const InserterOptions& options) {
  return make_command_inserter({options.command});
}

MadeInserter stdout_inserter(const InserterOptions& /*options*/) { return make_stdout_inserter(); }

MadeInserter holding_inserter(const InserterOptions& /*options*/) { return make_holding_inserter(); }

class NoHotkeys final : public Hotkeys {
 public:
  int descriptor() const override { return never_.get(); }
  Result<std::vector<HotkeyEvent>> events() override { return std::vector<HotkeyEvent>{}; }
  Result<void> listen_for_cancel(bool /*on*/) override { return {}; }
  bool any_down() const override { return false; }
  std::string name() const override { return "none"; }

 private:
  const UniqueFd never_{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
};

struct Chords {
  std::vector<HotkeyBinding> bindings;
  Chord cancel;
};

Result<Chords> chords_of(const HotkeyOptions& options) {
  Chords chords;
  for (const auto& binding : options.bindings) {
    auto chord = parse_chord(binding.keys);
    if (!chord) return tl::unexpected(chord.error());
    const auto is_it = [&](const HotkeyBinding& other) { return other.chord == *chord; };
    if (std::any_of(chords.bindings.begin(), chords.bindings.end(), is_it))
      return fail(ErrorKind::invalid, "the key " + binding.keys + " stands for two actions");
    chords.bindings.push_back({binding.action, std::move(*chord)});
  }
  auto cancel = parse_chord(options.cancel);
  if (!cancel) return tl::unexpected(cancel.error());
  chords.cancel = std::move(*cancel);
  return chords;
}

MadeHotkeys portal_hotkeys(const HotkeyOptions& options, const Clock& /*clock*/) {
  auto chords = chords_of(options);
  if (!chords) return tl::unexpected(chords.error());
  PortalHotkeyOptions made{.dialog_limit = options.dialog_limit};
  for (std::size_t i = 0; i < options.bindings.size(); ++i)
    made.shortcuts.push_back(
        {options.bindings[i].action, options.bindings[i].description, std::move(chords->bindings[i].chord)});
  made.shortcuts.push_back({"cancel", "Throw the dictation away", std::move(chords->cancel)});
  return make_portal_hotkeys(std::move(made));
}

MadeHotkeys x11_hotkeys(const HotkeyOptions& options, const Clock& clock) {
  auto chords = chords_of(options);
  if (!chords) return tl::unexpected(chords.error());
  return make_x11_hotkeys({.display = options.display,
                           .bindings = std::move(chords->bindings),
                           .cancel = std::move(chords->cancel)},
                          clock);
}

EvdevHotkeyOptions evdev_options(const HotkeyOptions& options) {
  EvdevHotkeyOptions made{.devices = options.devices, .cancel = options.cancel};
  for (const auto& binding : options.bindings) made.bindings.push_back({binding.action, binding.keys});
  return made;
}

MadeHotkeys evdev_hotkeys(const HotkeyOptions& options, const Clock& clock) {
  return make_evdev_hotkeys(evdev_options(options), clock);
}

MadeHotkeys no_hotkeys(const HotkeyOptions& /*options*/, const Clock& /*clock*/) {
  return std::make_unique<NoHotkeys>();
}

template <class Maker>
struct Row {
  const char* name;
  Maker* make;
  bool automatic;  // "auto" may choose it
};

constexpr Row<MadeInserter(const InserterOptions&)> kInserters[] = {
    {"wayland", wayland_inserter, true},  {"portal", portal_inserter, true},
    {"x11", x11_inserter, true},          {"clipboard", clipboard_inserter, false},
    {"command", command_inserter, false}, {"stdout", stdout_inserter, false},
    {"none", holding_inserter, false},
};

constexpr Row<MadeHotkeys(const HotkeyOptions&, const Clock&)> kHotkeys[] = {
    {"portal", portal_hotkeys, true},
    {"x11", x11_hotkeys, true},
    {"evdev", evdev_hotkeys, false},
    {"none", no_hotkeys, false},
};

template <class Rows>
std::vector<std::string> names_of(const Rows& rows) {
  std::vector<std::string> names{"auto"};
  for (const auto& row : rows) names.emplace_back(row.name);
  return names;
}

// "auto" answers with the first that works, or else with why none of them does.
template <class Made, class Rows, class... Arguments>
Result<Made> make(const Rows& rows, const std::string& what, const std::string& name,
                  const std::vector<std::string>& passed_over, const Arguments&... arguments) {
  std::string why;
  for (const auto& row : rows) {
    const bool is_passed = std::find(passed_over.begin(), passed_over.end(), row.name) != passed_over.end();
    if (name != row.name && !(name == "auto" && row.automatic && !is_passed)) continue;
    auto made = row.make(arguments...);
    if (made || made.error().kind == ErrorKind::invalid || made.error().kind == ErrorKind::taken) return made;
    if (!why.empty() && !made.error().message.empty()) why += "; ";
    why += made.error().message;
  }
  if (why.empty()) return fail(ErrorKind::invalid, "there is no " + what + " '" + name + "'");
  return fail(ErrorKind::unavailable, why);
}

}  // namespace

std::vector<std::string> inserter_names() { return names_of(kInserters); }
std::vector<std::string> hotkey_names() { return names_of(kHotkeys); }

Result<std::unique_ptr<TextInserter>> make_inserter(const InserterOptions& options) {
  return make<std::unique_ptr<TextInserter>>(kInserters, "inserter", options.backend, options.passed_over,
                                             options);
}

Result<std::unique_ptr<Hotkeys>> make_hotkeys(const HotkeyOptions& options, const Clock& clock) {
  // XWayland would tell of keys only while one of its own windows has the focus.
  const char* named = std::getenv("WAYLAND_DISPLAY");
  const bool is_named = options.display.empty() && named != nullptr && *named != '\0';
  const bool on_wayland = is_named || !options.wayland_display.empty();
  const std::string backend = options.backend != "auto" ? options.backend : on_wayland ? "portal" : "x11";
  return make<std::unique_ptr<Hotkeys>>(kHotkeys, "backend for hotkeys", backend, {}, options, clock);
}

}  // namespace diktate
