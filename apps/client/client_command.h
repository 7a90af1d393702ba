// diktate start, finish, toggle, cancel, status, last: one request to the daemon.
#pragma once

#include <span>
#include <string_view>

#include "rpc/commands.h"

namespace diktate {

// Answers with the exit code; everything is printed. `arguments` stand behind the command's name.
int run_client_command(const ClientCommand& command, std::span<char* const> arguments);

}  // namespace diktate
