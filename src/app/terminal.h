// What the terminal behind a descriptor can show.
#pragma once

#include <cstddef>

namespace diktate {

struct TerminalStyle {
  std::size_t columns = 100;
  bool live = false;     // a terminal on which text can be overwritten in place
  bool colour = false;   // live, and nobody objects through NO_COLOR
  bool unicode = false;  // the locale is UTF-8; otherwise ASCII alone
};

// Reads the descriptor, the environment (COLUMNS, NO_COLOR, TERM) and the locale (which main sets).
TerminalStyle terminal_style(int fd);

}  // namespace diktate
