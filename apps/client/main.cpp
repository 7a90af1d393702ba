// diktate, as it is started: what the daemon does it asks of the daemon; all else the full program does.
#include <algorithm>
#include <span>
#include <string_view>

#include "base/standard_descriptors.h"
#include "client_command.h"
#include "full_program.h"
#include "rpc/commands.h"

int main(int argc, char** argv) {
  diktate::reserve_standard_descriptors();
  const std::span<char* const> arguments(argv, static_cast<std::size_t>(argc));
  if (argc < 2) return diktate::run_full_program(argv);
  const std::string_view name = arguments[1];
  const auto* command = std::find_if(diktate::kClientCommands.begin(), diktate::kClientCommands.end(),
                                     [&](const diktate::ClientCommand& known) { return known.name == name; });
  if (command == diktate::kClientCommands.end()) return diktate::run_full_program(argv);
  return diktate::run_client_command(*command, arguments.subspan(2));
}
