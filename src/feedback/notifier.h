// Notices by way of the desktop's notifications.
#pragma once

#include <memory>

#include "core/ports.h"

namespace diktate {

// Nothing is contacted before the first notice; then a thread of its own speaks to the session bus. A notice
// that cannot be shown is tried again for some seconds, or until there is a newer one. The end waits for what
// is not shown yet, a second at most.
std::unique_ptr<Notifier> make_desktop_notifier();

}  // namespace diktate
