// Runs a program and waits for it, watching how much memory it takes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

#include "base/files.h"
#include "base/result.h"

namespace diktate::bench {

struct ChildRun {
  int exit_code = 0;   // 128 + signal if it was killed
  std::string output;  // its standard output; standard error is shared with ours
  // Its VmHWM: the most physical memory it ever had at a time, as read every 20 ms while it ran. (The
  // kernel's own figure in getrusage() is of no use: it starts from the memory of the parent.)
  std::int64_t peak_kib = 0;
};

struct StartedChild {
  pid_t process = 0;  // to be waited for
  UniqueFd output;    // its standard output
};

// Does not wait. As run_child().
Result<StartedChild> start_child(const std::vector<std::string>& arguments);

// `arguments` starts with the program's path. Waits until it ends. Fails only if it cannot be started.
Result<ChildRun> run_child(const std::vector<std::string>& arguments);

}  // namespace diktate::bench
