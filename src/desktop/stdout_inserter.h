// Inserts nothing: each text goes to the standard output of the program, for whoever started it.
#pragma once

#include <memory>

#include "base/clock.h"
#include "base/result.h"
#include "core/ports.h"

namespace diktate {

struct StdoutInserterOptions {
  int output = 1;                                // its descriptor; borrowed
  Nanoseconds limit = std::chrono::seconds(10);  // for whoever reads; then the text did not arrive
};

// Each text is followed by a line end, and has the receipt `sent`. `unavailable`: the output is closed or
// /dev/null, or is the log of systemd, where no words belong.
Result<std::unique_ptr<TextInserter>> make_stdout_inserter(const StdoutInserterOptions& options = {});

}  // namespace diktate
