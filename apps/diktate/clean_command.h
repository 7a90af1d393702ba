// diktate clean: recognised text on standard input to clean text on standard output.
#pragma once

#include <string>

#include "app/profiles.h"

namespace diktate {

struct CleanCommand {
  ProcessingChoice processing;
  std::string before;     // the text in front of the cursor
  std::string clipboard;  // what {clipboard} in a snippet stands for
  bool keys = false;      // "press enter" at the end is a key
  bool trailing_space = false;
  bool explain = false;
  bool json = false;
};

// Answers with the exit code.
int run_clean(const CleanCommand& command);

}  // namespace diktate
