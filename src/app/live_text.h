// Shows pieces on a terminal while they are recognised.
#pragma once

#include <string>
#include <string_view>

#include "app/terminal.h"

namespace diktate {

// Makes the bytes to write; writes nothing. A piece that may still change is one line, the end of it when it
// is long, overwritten in place by what follows; a final one is wrapped and stays.
class LiveText {
 public:
  explicit LiveText(const TerminalStyle& style) : style_(style) {}

  std::string provisional(std::string_view text);
  std::string final(std::string_view text);
  // Takes away what is not final.
  std::string clear();

 private:
  const TerminalStyle style_;
  bool shown_ = false;  // a provisional line stands on the screen
};

// `text` in lines of at most `columns` characters, broken between words; continued lines start with `indent`
// spaces.
std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent = 0);

}  // namespace diktate
