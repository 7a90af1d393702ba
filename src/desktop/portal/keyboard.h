// Keys pressed by the desktop for us, by the RemoteDesktop portal: where the compositor lets no program have
// a virtual keyboard.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "desktop/chord.h"
#include "desktop/portal/remote_desktop_options.h"

namespace diktate {

// Thread-safe.
class PortalKeyboard {
 public:
  virtual ~PortalKeyboard() = default;

  // Why no key can be pressed now, one line; nothing: it can. Does not wait.
  virtual std::optional<std::string> why_not() const = 0;

  // The same, but nothing while the desktop has not answered yet.
  virtual std::optional<std::string> problem() const = 0;

  // Presses all of it and lets go, and waits until the desktop has done so, 2 s at most. Fails with what went
  // wrong; some of the keys may have been pressed then.
  virtual Result<void> press(const Chord& chord) = 0;
};

// Asks the portal on a thread of its own, and does not wait. A session, portal or bus that ends is looked for
// again; what the user refused is asked again by a new portal or a new keyboard.
std::shared_ptr<PortalKeyboard> make_portal_keyboard(RemoteDesktopOptions options);

}  // namespace diktate
