// What the desktop portal has. Nobody is asked for a permission.
#pragma once

#include "base/clock.h"
#include "base/result.h"

namespace diktate {

constexpr Nanoseconds kPortalCheckLimit = std::chrono::seconds(2);

// Whether it can press keys; whether it has the clipboard, too. Wait for it, so long at most. Fail with why
// not: `unavailable` if it has not, `timeout` if it does not answer by then; it is not asked if that is now.
Result<void> check_portal_keys();
Result<void> check_portal_paste(Nanoseconds limit = kPortalCheckLimit);

}  // namespace diktate
