// The daemon: keys, clients and signals to takes. Its thread waits in poll, and nowhere else.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "daemon/setup.h"
#include "daemon/signal_queue.h"

namespace diktate {

struct DaemonOptions {
  std::filesystem::path socket;
  std::string version;
  // The configuration as it is now: at the start, and at SIGHUP. Waits on the disk.
  std::function<Result<DaemonSetup>()> read_setup;
  // Told, in one line, of what the user should know; never of what was said.
  std::function<void(const std::string& line)> warn = [](const std::string&) {};
};

// Runs until SIGTERM or SIGINT; takes that are under way are finished then, or thrown away at the second one.
// Fails, at once, if the configuration cannot be read, or listen_at() fails.
Result<void> run_daemon(const DaemonOptions& options, SignalQueue& signals, const Clock& clock);

}  // namespace diktate
