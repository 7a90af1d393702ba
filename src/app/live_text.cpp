#include "app/live_text.h"

#include <fmt/core.h>

#include "app/format.h"

namespace diktate {
namespace {

constexpr std::string_view kEraseLine = "\r\x1b[K";
constexpr std::size_t kMarkColumns = 2;

}  // namespace

std::string LiveText::provisional(std::string_view text) {
  std::string line = printable(text);
  const std::size_t room = style_.columns - 1 - kMarkColumns;
  if (count_characters(line) > room) line = fmt::format("...{}", last_characters(line, room - 3));
  std::string bytes = clear();
  shown_ = true;
  return bytes + (style_.colour ? fmt::format("\x1b[2m~ {}\x1b[0m", line) : fmt::format("~ {}", line));
}

std::string LiveText::final(std::string_view text) {
  const std::string lines = wrapped(printable(text), style_.columns - 1 - kMarkColumns, kMarkColumns);
  return fmt::format("{}> {}\n", clear(), lines);
}

std::string LiveText::clear() {
  const bool shown = shown_;
  shown_ = false;
  return shown ? std::string(kEraseLine) : std::string();
}

std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent) {
  std::string result;
  std::size_t used = 0;
  for (const std::string_view word : words_of(text)) {
    const std::size_t width = count_characters(word);
    if (used > 0 && used + 1 + width > columns) {
      result.append("\n").append(indent, ' ');
      used = 0;
    }
    if (used > 0) result += ' ';
    result += word;
    used += width + (used > 0 ? 1 : 0);
  }
  return result;
}

}  // namespace diktate
