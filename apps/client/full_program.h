// The program that does all that needs no daemon, or is the daemon.
#pragma once

namespace diktate {

// Becomes it. Comes back, with the exit code, only if that fails; the reason is printed then.
int run_full_program(char** argv);

}  // namespace diktate
