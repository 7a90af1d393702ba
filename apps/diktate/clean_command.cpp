#include "clean_command.h"

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/cleaning.h"
#include "app/format.h"
#include "console.h"
#include "text/clean.h"

namespace diktate {
namespace {

// All of standard input, without the line end that closes it.
Result<std::string> read_input() {
  std::string text;
  std::string block(1 << 16, '\0');
  for (;;) {
    const ssize_t count = ::read(STDIN_FILENO, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return fail(ErrorKind::failed, fmt::format("standard input cannot be read: {}", std::strerror(errno)));
    }
    if (count == 0) break;
    text.append(block, 0, static_cast<std::size_t>(count));
  }
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

std::string to_json(const Cleaned& cleaned) {
  nlohmann::ordered_json changes = nlohmann::ordered_json::array();
  for (const Change& change : cleaned.changes) {
    changes.push_back({{"rule", change.rule}, {"from", change.from}, {"to", change.to}});
  }
  nlohmann::ordered_json actions = nlohmann::ordered_json::array();
  for (const Action& action : cleaned.actions)
    actions.push_back({{"kind", action.kind}, {"key", action.key}});
  const nlohmann::ordered_json json = {{"text", cleaned.text}, {"changes", changes}, {"actions", actions}};
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void explain(const Cleaned& cleaned) {
  for (const Change& change : cleaned.changes) {
    print_note(fmt::format("{:<12} {} -> {}\n", change.rule, shown(change.from), shown(change.to)));
  }
  for (const Action& action : cleaned.actions) print_note(fmt::format("{:<12} {}\n", "key", action.key));
}

Result<Cleaned> cleaned_input(const CleanCommand& command) {
  auto cleaner = make_cleaner(command.cleaning, print_warning);
  if (!cleaner) return tl::unexpected(cleaner.error());
  auto text = read_input();
  if (!text) return tl::unexpected(text.error());
  CleanOptions& options = cleaner->options;
  options.profile.actions = command.keys;
  options.before = command.before;
  options.values.clipboard = command.clipboard;
  options.explain = command.explain || command.json;
  options.trailing_space = command.trailing_space;
  return clean(*text, *cleaner->language, options);
}

}  // namespace

int run_clean(const CleanCommand& command) {
  const auto cleaned = cleaned_input(command);
  if (!cleaned) {
    print_error(cleaned.error().message);
    return kFailure;
  }
  if (command.explain && !command.json) explain(*cleaned);
  const auto printed = print_result(command.json ? to_json(*cleaned) : cleaned->text + "\n");
  if (printed) return kSuccess;
  print_error(printed.error().message);
  return kFailure;
}

}  // namespace diktate
