// Keys of the desktop, by the GlobalShortcuts portal: where no program may grab a key itself.
// Source: org.freedesktop.portal.GlobalShortcuts, versions 1 and 2.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "core/ports.h"
#include "desktop/chord.h"

namespace diktate {

struct PortalShortcut {
  std::string action;       // "dictate", "cancel"
  std::string description;  // for the user, in the dialog of the desktop
  Chord chord;              // proposed: the user may choose another. Without a modifier none is proposed
};

struct PortalHotkeyOptions {
  std::vector<PortalShortcut> shortcuts = {};          // the first is the one of state().keys
  Nanoseconds dialog_limit = std::chrono::minutes(2);  // for the user's answer
};

// Asks the portal on a thread of its own, and does not wait: state() says how far it is. A session, portal or
// bus that ends is looked for again; a key that is down then counts as released. What the user refused is
// asked again by a new portal, or new hotkeys. "cancel" is told of only while it is listened for. Fails
// (`invalid`) for a key that no keyboard has.
Result<std::unique_ptr<Hotkeys>> make_portal_hotkeys(PortalHotkeyOptions options);

// Whether the portal of this session has GlobalShortcuts. Waits for it, some seconds; if it has to be
// started, half a minute.
bool portal_has_shortcuts();

}  // namespace diktate
