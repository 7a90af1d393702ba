#include "desktop/paste_kind.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/files.h"
#include "desktop/text_parts.h"

namespace diktate {
namespace {

struct Known {
  std::string_view program;
  PasteKind kind;
};

// What is not here is found by what it holds, or is ordinary. A star at the end stands for anything.
constexpr Known kKnown[] = {
    {"xterm", PasteKind::primary_terminal},
    {"uxterm", PasteKind::primary_terminal},
    {"urxvt", PasteKind::primary_terminal},
    {"rxvt", PasteKind::primary_terminal},
    {"rxvt-unicode", PasteKind::primary_terminal},
    {"mlterm", PasteKind::primary_terminal},
    {"alacritty", PasteKind::terminal},
    {"com.mitchellh.ghostty", PasteKind::terminal},
    {"blackbox", PasteKind::terminal},
    {"com.system76.cosmicterm", PasteKind::terminal},
    {"deepin-terminal", PasteKind::terminal},
    {"io.elementary.terminal", PasteKind::terminal},
    {"foot", PasteKind::terminal},
    {"footclient", PasteKind::terminal},
    {"gnome-terminal", PasteKind::terminal},
    {"gnome-terminal-server", PasteKind::terminal},
    {"guake", PasteKind::terminal},
    {"kgx", PasteKind::terminal},
    {"kitty", PasteKind::terminal},
    {"konsole", PasteKind::terminal},
    {"lxterminal", PasteKind::terminal},
    {"mate-terminal", PasteKind::terminal},
    {"org.gnome.Console", PasteKind::terminal},
    {"org.gnome.Terminal", PasteKind::terminal},
    {"org.wezfurlong.wezterm", PasteKind::terminal},
    {"ptyxis", PasteKind::terminal},
    {"qterminal", PasteKind::terminal},
    {"sakura", PasteKind::terminal},
    {"st-256color", PasteKind::terminal},
    {"terminator", PasteKind::terminal},
    {"terminology", PasteKind::terminal},
    {"tilix", PasteKind::terminal},
    {"xfce4-terminal", PasteKind::terminal},
    {"yakuake", PasteKind::terminal},
    {"emacs", PasteKind::shift_insert},
    // They hold /dev/ptmx, and what is written in goes to an editor or a page.
    {"brave-browser*", PasteKind::ordinary},
    {"builder", PasteKind::ordinary},
    {"chromium*", PasteKind::ordinary},
    {"code", PasteKind::ordinary},
    {"code-*", PasteKind::ordinary},
    {"code - *", PasteKind::ordinary},
    {"codium*", PasteKind::ordinary},
    {"com.brave.browser", PasteKind::ordinary},
    {"com.google.chrome*", PasteKind::ordinary},
    {"cursor", PasteKind::ordinary},
    {"dolphin", PasteKind::ordinary},
    {"electron*", PasteKind::ordinary},
    {"geany", PasteKind::ordinary},
    {"gnome-builder", PasteKind::ordinary},
    {"google-chrome*", PasteKind::ordinary},
    {"jetbrains-*", PasteKind::ordinary},
    {"kate", PasteKind::ordinary},
    {"kdevelop", PasteKind::ordinary},
    {"microsoft-edge*", PasteKind::ordinary},
    {"opera", PasteKind::ordinary},
    {"vivaldi*", PasteKind::ordinary},
    {"vscodium*", PasteKind::ordinary},
    {"windsurf*", PasteKind::ordinary},
    {"zed", PasteKind::ordinary},
};

// By its whole name, or the last part of an id ("org.kde.konsole").
bool is_called(std::string_view name, std::string_view program) {
  const auto matches = [&](std::string_view part) {
    if (!program.ends_with('*')) return same_but_case(part, program);
    const auto beginning = program.substr(0, program.size() - 1);
    return same_but_case(part.substr(0, beginning.size()), beginning);
  };
  const std::size_t dot = name.rfind('.');
  return matches(name) || (dot != std::string_view::npos && matches(name.substr(dot + 1)));
}

}  // namespace

Result<PasteKind> parse_paste_kind(std::string_view name) {
  const auto found = std::find(kPasteKindNames.begin(), kPasteKindNames.end(), name);
  if (found != kPasteKindNames.end()) return static_cast<PasteKind>(found - kPasteKindNames.begin());
  return fail(ErrorKind::invalid, "'" + std::string(name) +
                                      "' is no way to paste: ordinary, shift-insert, terminal or "
                                      "primary-terminal");
}

std::optional<PasteKind> paste_kind_of(std::string_view name, std::string_view instance,
                                       std::span<const PasteRow> rows) {
  const auto is_it = [&](std::string_view program) {
    return is_called(name, program) || is_called(instance, program);
  };
  for (const PasteRow& row : rows)
    if (is_it(row.program)) return row.kind;
  for (const Known& known : kKnown)
    if (is_it(known.program)) return known.kind;
  return std::nullopt;
}

bool holds_terminal(int pid) {
  if (pid <= 0) return false;
  const auto files = entries_of("/proc/" + std::to_string(pid) + "/fd");
  return std::any_of(files.begin(), files.end(), [](const std::filesystem::path& file) {
    std::error_code unreadable;
    const auto held = std::filesystem::read_symlink(file, unreadable);
    return !unreadable && (held == "/dev/ptmx" || held == "/dev/pts/ptmx");
  });
}

bool is_only_clipboard(std::span<const std::string> methods) {
  return !methods.empty() && std::all_of(methods.begin(), methods.end(),
                                         [](const std::string& method) { return method == "clipboard"; });
}

}  // namespace diktate
