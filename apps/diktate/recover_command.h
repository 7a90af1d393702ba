// diktate recover: takes that a crash or a failure left unfinished are finished, or thrown away.
#pragma once

#include <cstdint>
#include <optional>

namespace CLI {  // NOLINT(readability-identifier-naming): the parser's own
class App;
}

namespace diktate {

class Journal;

struct RecoverCommand {
  std::optional<std::int64_t> finish;
  std::optional<std::int64_t> discard;
  bool all = false;  // are finished
  bool json = false;
};

CLI::App* add_recover(CLI::App& app, RecoverCommand& options);

// A line on the error stream about takes that earlier processes left, if there are any.
void warn_of_unfinished(const Journal& journal);

// Answers with the exit code.
int run_recover(const RecoverCommand& command);

}  // namespace diktate
