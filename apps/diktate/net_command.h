// diktate net: how a server is reached, and where the time goes.
#pragma once

#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): the parser's own
class App;
}

namespace diktate {

struct NetProbeCommand {
  std::string url;
  bool json = false;
};

// Adds `net` and what is below it; answers with `net probe`. The options outlive `app`.
CLI::App* add_net(CLI::App& app, NetProbeCommand& probe);

// Answers with the exit code.
int run_net_probe(const NetProbeCommand& command);

}  // namespace diktate
