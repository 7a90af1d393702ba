#include "desktop/paste_kind.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "desktop/text_parts.h"

namespace diktate {
namespace {

struct Known {
  std::string_view program;
  PasteKind kind;
};

// What is not here is found by what it holds, or is ordinary.
constexpr Known kKnown[] = {
    {"xterm", PasteKind::primary_terminal},
    {"uxterm", PasteKind::primary_terminal},
    {"urxvt", PasteKind::primary_terminal},
    {"rxvt", PasteKind::primary_terminal},
    {"rxvt-unicode", PasteKind::primary_terminal},
    {"mlterm", PasteKind::primary_terminal},
    {"alacritty", PasteKind::terminal},
    {"com.mitchellh.ghostty", PasteKind::terminal},
    {"deepin-terminal", PasteKind::terminal},
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
    {"org.wezfurlong.wezterm", PasteKind::terminal},
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
    {"chromium", PasteKind::ordinary},
    {"code", PasteKind::ordinary},
    {"google-chrome", PasteKind::ordinary},
    {"vscodium", PasteKind::ordinary},
};

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
    return same_but_case(program, name) || same_but_case(program, instance);
  };
  for (const PasteRow& row : rows)
    if (is_it(row.program)) return row.kind;
  for (const Known& known : kKnown)
    if (is_it(known.program)) return known.kind;
  return std::nullopt;
}

bool holds_terminal(int pid) {
  if (pid <= 0) return false;
  std::error_code error;
  std::filesystem::directory_iterator files("/proc/" + std::to_string(pid) + "/fd", error);
  for (; !error && files != std::filesystem::directory_iterator(); files.increment(error)) {
    std::error_code unreadable;
    const auto held = std::filesystem::read_symlink(files->path(), unreadable);
    if (!unreadable && (held == "/dev/ptmx" || held == "/dev/pts/ptmx")) return true;
  }
  return false;
}

}  // namespace diktate
