// Types a text key by key, on a virtual keyboard made for it. Inside this folder only.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"
#include "desktop/wayland/event_loop.h"

namespace diktate {

// Waits until all is typed: at the user's seat a keyboard comes into being that has a key for each character
// of the text, and goes again. `may_go_on` is asked before every few characters; answers whether all was
// typed. Called by another thread than that of the loop. Fails before the first key if the compositor has no
// virtual keyboard, the text a character that cannot be typed, or it may not go on, and says why.
Result<bool> type_text(WaylandLoop& loop, WaylandConnection& connection, std::string_view text,
                       const std::function<bool()>& may_go_on);

}  // namespace diktate
