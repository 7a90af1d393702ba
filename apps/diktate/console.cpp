#include "console.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/core.h>

#include "app/format.h"

namespace diktate {

Result<void> print_result(std::string_view text) {
  const bool written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (written) return {};
  return fail(ErrorKind::failed, fmt::format("cannot write to standard output: {}", std::strerror(errno)));
}

void print_error(std::string_view message) { print_note(fmt::format("diktate: {}\n", printable(message))); }

void print_warning(std::string_view message) { print_error(fmt::format("warning: {}", message)); }

void print_note(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

std::string about(std::string_view file, std::string_view message) {
  const std::string_view name = file == "-" ? "standard input" : file;
  if (message.find(name) != std::string_view::npos) return std::string(message);
  return fmt::format("{}: {}", name, message);
}

int failed(std::string_view message) {
  print_error(message);
  return kFailure;
}

}  // namespace diktate
