// Types a text key by key, on a virtual keyboard made for it. Inside this folder only.
#pragma once

#include <string_view>

#include "base/result.h"
#include "desktop/wayland/event_loop.h"

namespace diktate {

// Waits until all is typed: at the user's seat a keyboard comes into being that has a key for each character
// of the text, and goes again. Called by another thread than that of the loop. Fails before the first key if
// the compositor has no virtual keyboard, or the text a character that cannot be typed, and says why.
Result<void> type_text(WaylandLoop& loop, WaylandConnection& connection, std::string_view text);

}  // namespace diktate
