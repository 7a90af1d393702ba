// Tells the service manager how the daemon is: the datagrams of sd_notify(3).
#pragma once

#include <string_view>

namespace diktate {

// "READY=1" and the like, to $NOTIFY_SOCKET; where that is not set nobody asked. Does not wait.
void notify_service_manager(std::string_view state);

}  // namespace diktate
