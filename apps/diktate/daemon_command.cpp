#include "daemon_command.h"

#include <string>

#include <CLI/CLI.hpp>

#include "app/daemon_setup.h"
#include "audio/cue_player.h"
#include "audio/ducker.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/signal_queue.h"
#include "console.h"
#include "daemon/daemon.h"
#include "feedback/notifier.h"
#include "recover_command.h"
#include "rpc/commands.h"
#include "rpc/socket.h"
#include "store/journal.h"
#include "store/settings_file.h"

namespace diktate {

CLI::App* add_daemon(CLI::App& app) {
  CLI::App* daemon = app.add_subcommand("daemon", "Wait for keys and commands, and dictate when they say so");
  daemon->footer(
      "It stays in the foreground. SIGTERM or Ctrl-C ends it, after the take that is under way; SIGHUP reads "
      "the "
      "configuration again.");
  for (const ClientCommand& command : kClientCommands) {
    CLI::App* listed = app.add_subcommand(std::string(command.name), std::string(command.summary));
    listed->callback([name = std::string(command.name)] {
      throw CLI::ValidationError(name, "is for the program 'diktate' that stands in bin");
    });
  }
  return daemon;
}

int run_daemon_command(const DaemonCommand& /*command*/) {
  let_heaps_shrink();
  SignalQueue signals(kDaemonSignals);  // before anything that starts threads
  const SteadyClock clock;
  const auto path = rpc_socket_path();
  if (!path) {
    print_error(path.error().message);
    return kFailure;
  }
  DaemonOptions options;
  options.socket = *path;
  options.version = DIKTATE_VERSION;
  options.warn = print_warning;
  Journal journal;
  const auto notifier = make_desktop_notifier();
  const auto cues = make_cue_player(clock);
  const auto ducker = make_ducker({path->parent_path() / "ducked", print_warning});
  SharedHttp http;
  warn_of_unfinished(journal);
  options.read_setup = [&]() -> Result<DaemonSetup> {
    const auto settings = read_settings(settings_path());
    if (!settings) return tl::unexpected(settings.error());
    return make_daemon_setup(*settings, {clock, journal, print_warning, *notifier, *cues, *ducker, http});
  };
  const auto done = run_daemon(options, signals, clock);
  if (done) return kSuccess;
  print_error(done.error().message);
  return kFailure;
}

}  // namespace diktate
