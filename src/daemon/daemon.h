// The daemon: keys, clients and signals to takes. Its thread waits in poll, and nowhere else.
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <string>

#include <signal.h>

#include "base/clock.h"
#include "base/result.h"
#include "base/signal_queue.h"
#include "daemon/setup.h"

namespace diktate {

struct DaemonOptions {
  std::filesystem::path socket;
  std::string version;
  // The configuration as it is now: at the start, and at SIGHUP. Waits on the disk.
  std::function<Result<DaemonSetup>()> read_setup;
  // Told, in one line, of what the user should know; never of what was said.
  std::function<void(const std::string& line)> warn = [](const std::string&) {};
};

// What run_daemon() is to be told of, but for SIGPIPE: there, only the write shall fail.
inline constexpr std::array kDaemonSignals = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};

// Runs until SIGTERM or SIGINT; takes that are under way are finished then, or thrown away at the second one.
// Fails, at once, if the configuration cannot be read, or listen_at() fails.
Result<void> run_daemon(const DaemonOptions& options, SignalQueue& signals, const Clock& clock);

}  // namespace diktate
