// Runs a program and waits for it, watching how much memory it takes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace diktate::bench {

struct ChildRun {
  int exit_code = 0;   // 128 + signal if it was killed
  std::string output;  // its standard output; standard error is shared with ours
  // Its VmHWM: the most physical memory it ever had at a time, as read every 20 ms while it ran. (The
  // kernel's own figure in getrusage() is of no use: it starts from the memory of the parent.)
  std::int64_t peak_kib = 0;
};

// `arguments` starts with the program's path. Waits until it ends. Fails only if it cannot be started.
Result<ChildRun> run_child(const std::vector<std::string>& arguments);

}  // namespace diktate::bench
