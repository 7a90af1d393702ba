// How a window wants a text to be pasted: by what its program calls itself.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace diktate {

enum class PasteKind : unsigned char {
  ordinary,          // the clipboard and Ctrl+V; then Shift+Insert
  shift_insert,      // the clipboard and Shift+Insert: Ctrl+V does something else there
  terminal,          // the clipboard and Ctrl+Shift+V
  primary_terminal,  // the selection (PRIMARY) and Shift+Insert
};
inline constexpr std::array<std::string_view, 4> kPasteKindNames = {"ordinary", "shift-insert", "terminal",
                                                                    "primary-terminal"};

// A row of the table: a program, by its WM_CLASS or app id, or the last part of that, without regard to case,
// and its kind. A star at the end of the name stands for anything.
struct PasteRow {
  std::string program;
  PasteKind kind = PasteKind::ordinary;
};

// Fails for a name that is none of kPasteKindNames.
Result<PasteKind> parse_paste_kind(std::string_view name);

// The kind of a program that is called either of these; `rows` come before our own table. Nothing: it is not
// known there.
std::optional<PasteKind> paste_kind_of(std::string_view name, std::string_view instance,
                                       std::span<const PasteRow> rows);

// Whether the process runs others in terminals of its own: it holds /dev/ptmx. Reads /proc, and so waits for
// the kernel. Any thread.
bool holds_terminal(int pid);

// Whether texts may only be left on the clipboard: then it does not matter which window has the focus.
bool is_only_clipboard(std::span<const std::string> methods);

inline bool is_terminal(PasteKind kind) {
  return kind == PasteKind::terminal || kind == PasteKind::primary_terminal;
}

}  // namespace diktate
