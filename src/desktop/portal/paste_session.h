// All that is needed to insert texts where the desktop lets no program at its clipboard: its portal, asked on
// a thread of its own. Inside this folder only.
#pragma once

#include <memory>

#include "desktop/paste_session.h"
#include "desktop/portal/remote_desktop_options.h"

namespace diktate {

// Asks the portal for keys and the clipboard, in one session, and does not wait; alive() when it has them. A
// session, portal or bus that ends is looked for again; what the user refused is asked again by a new portal
// or a new session of ours. No window is known, nor who reads.
std::shared_ptr<PasteSession> open_portal_paste(RemoteDesktopOptions options);

}  // namespace diktate
