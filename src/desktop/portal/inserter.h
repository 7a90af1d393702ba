// Puts text into windows where the desktop lets no program at its clipboard (GNOME on Wayland): by the
// clipboard and the keys of its portal.
#pragma once

#include <filesystem>
#include <memory>

#include "core/ports.h"
#include "desktop/paste_insertion.h"
#include "desktop/portal/remote_desktop_options.h"

namespace diktate {

struct PortalInserterOptions {
  RemoteDesktopOptions remote_desktop;
  PasteOptions paste = {};
};

// Asks the portal meanwhile, which may ask the user. The text goes to the window that has the focus, by
// Ctrl+V: no window is known. insert() fails, with what came of it, while the portal does not let us.
std::unique_ptr<TextInserter> make_portal_inserter(PortalInserterOptions options);

}  // namespace diktate
