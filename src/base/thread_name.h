// Names the calling thread, as timelines, debuggers and `top -H` show it.
#pragma once

#include <string>

namespace diktate {

// At most 15 bytes are kept (a limit of the kernel).
void set_thread_name(const std::string& name);
std::string thread_name();

}  // namespace diktate
