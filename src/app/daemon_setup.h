// From the user's settings to what the daemon is made of.
#pragma once

#include <functional>
#include <string>

#include "app/backends.h"
#include "app/processing.h"
#include "base/clock.h"
#include "base/result.h"
#include "core/ducker.h"
#include "core/ports.h"
#include "daemon/setup.h"
#include "store/journal.h"
#include "store/settings_file.h"

namespace diktate {

// What outlives every setup. Borrowed.
struct DaemonParts {
  const Clock& clock;
  Journal& journal;
  OnWarning on_warning;  // called by any thread
  Notifier& notifier;
  CuePlayer& cues;
  Ducker& ducker;
  SharedHttp& http;
};

// `invalid`: a setting names what does not exist. The journal is set to the privacy level of the settings.
Result<DaemonSetup> make_daemon_setup(const Settings& settings, const DaemonParts& parts);

}  // namespace diktate
