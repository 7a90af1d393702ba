// Types a text key by key, with keys of our own for what the keyboard does not have. Inside this folder only.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "desktop/x11/selections.h"

namespace diktate {

// Waits until all is typed, over a connection of its own. Fails before the first key if the text has a
// character that cannot be typed now, and says why. No modifier is held. `reading`: how long the window may
// take until it has read the keys; those of our own stay so long. `may_go_on` is asked before every few keys:
// if it says no, this fails (`cancelled`), and what was typed remains.
Result<void> type_text(const std::string& display, X11Selections& selections, std::string_view text,
                       Nanoseconds reading, const std::function<bool()>& may_go_on);

}  // namespace diktate
