// What the desktop portal has. Nobody is asked for a permission.
#pragma once

#include "base/result.h"

namespace diktate {

// Whether it can press keys; whether it has the clipboard, too. Wait for it, 2 s at most. Fail with why not:
// `unavailable` if it has not, `timeout` if it does not answer by then.
Result<void> check_portal_keys();
Result<void> check_portal_paste();

}  // namespace diktate
