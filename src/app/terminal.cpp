#include "app/terminal.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace diktate {
namespace {

constexpr std::size_t kNarrowest = 72;  // a narrower one wraps lines: less is no picture
constexpr std::size_t kWidest = 180;

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

std::size_t columns_of(int fd) {
  const std::string_view asked = environment("COLUMNS");
  std::size_t columns = 0;
  if (std::from_chars(asked.data(), asked.data() + asked.size(), columns).ec == std::errc() && columns > 0) {
    return columns;
  }
  winsize size{};
  return ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : TerminalStyle{}.columns;
}

}  // namespace

TerminalStyle terminal_style(int fd) {
  TerminalStyle style;
  style.columns = std::clamp(columns_of(fd), kNarrowest, kWidest);
  style.live = ::isatty(fd) == 1 && environment("TERM") != "dumb";
  style.colour = style.live && environment("NO_COLOR").empty();
  style.unicode = std::string_view(::nl_langinfo(CODESET)) == "UTF-8";
  return style;
}

}  // namespace diktate
