// Programs that lock the screen, as an X server sees them. Inside this folder only.
#pragma once

#include "desktop/x11/connection.h"

namespace diktate {

// Whether something lies over all of that window, and another program has the keyboard for itself: what is
// pressed would not reach the window. It is not tried where nothing lies over it: programs see that as a loss
// of the focus. Waits for the server. By the thread of the connection.
bool is_locked_away(X11Connection& connection, XId window);

}  // namespace diktate
