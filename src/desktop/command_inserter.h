// Inserts text by way of a command of the user's, which reads it on standard input.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "core/ports.h"

namespace diktate {

struct CommandInserterOptions {
  std::vector<std::string>
      command;  // the program, looked for in PATH, and its arguments: no shell reads them
  Nanoseconds limit = std::chrono::seconds(10);  // then it is ended, and the text did not arrive
  std::string name = {};                         // what messages call it; empty: the program
  std::string way_out = "; 'diktate last --print' shows the text";  // where it did not take the text
};

// `invalid`: there is no command. What the command prints is thrown away. That it took the text and ended
// well is the receipt `sent`.
Result<std::unique_ptr<TextInserter>> make_command_inserter(const CommandInserterOptions& options);

}  // namespace diktate
