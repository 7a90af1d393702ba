// The command line of diktate verify.
#pragma once

#include "verify_command.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the parser's name
class App;
}

namespace diktate {

// Answers with the command; `options` outlives `app`.
CLI::App* add_verify_command(CLI::App& app, VerifyCommand& options);

}  // namespace diktate
