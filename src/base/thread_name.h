// What a thread does first: names itself, as timelines, debuggers and `top -H` show it, and leaves signals to
// others.
#pragma once

#include <string>

namespace diktate {

// At most 15 bytes are kept (a limit of the kernel).
void set_thread_name(const std::string& name);
std::string thread_name();

// No signal is handled by the calling thread from now on; a write to a closed pipe or socket only fails.
void block_signals();

}  // namespace diktate
