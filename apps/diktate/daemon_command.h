// diktate daemon: waits for keys and clients, and dictates when they say so.
#pragma once

namespace CLI {  // NOLINT(readability-identifier-naming): the parser's own
class App;
}

namespace diktate {

struct DaemonCommand {};

// Answers with the command. Beside it, the commands that speak to the daemon are listed; they are done by the
// program in apps/client, before this one is ever started.
CLI::App* add_daemon(CLI::App& app);

// Runs in the foreground until it is told to stop; answers with the exit code.
int run_daemon_command(const DaemonCommand& command);

}  // namespace diktate
