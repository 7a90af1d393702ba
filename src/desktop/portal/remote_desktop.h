// A session of the RemoteDesktop portal: keys, and the clipboard with them. Inside this folder only. Sources:
// org.freedesktop.portal.RemoteDesktop, versions 1 and 2; org.freedesktop.portal.Clipboard, version 1.
#pragma once

#include "base/result.h"
#include "desktop/chord.h"
#include "desktop/portal/connection.h"
#include "desktop/portal/remote_desktop_options.h"

namespace diktate {

inline constexpr const char* kPortalRemoteDesktop = "org.freedesktop.portal.RemoteDesktop";
inline constexpr const char* kPortalClipboard = "org.freedesktop.portal.Clipboard";

// Opens the connection's session, which may ask the user; waits for that. Without what was asked for it
// fails: `cancelled` if the user was asked.
Result<void> open_remote_desktop(PortalConnection& connection, const RemoteDesktopOptions& options,
                                 bool with_clipboard);

// Presses all of it and lets go, whatever happens; half a second a key.
Result<void> press_by_portal(PortalConnection& connection, const Chord& chord);

// Whether the portal has the interface: `unavailable` if not. Half a minute at most.
Result<void> portal_has(PortalConnection& connection, const std::string& interface);

}  // namespace diktate
