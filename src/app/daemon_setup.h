// From the user's settings to what the daemon is made of.
#pragma once

#include <functional>
#include <string>

#include "app/backends.h"
#include "base/clock.h"
#include "base/result.h"
#include "daemon/setup.h"
#include "store/settings_file.h"

namespace diktate {

// `invalid`: a setting names what does not exist. `on_warning` may be called by any thread, and `clock` is
// borrowed for as long as the setup lives.
Result<DaemonSetup> make_daemon_setup(const Settings& settings, const Clock& clock,
                                      const OnWarning& on_warning);

}  // namespace diktate
