// Keys pressed by the desktop for us, by the RemoteDesktop portal: where the compositor lets no program have
// a virtual keyboard. Source: org.freedesktop.portal.RemoteDesktop, versions 1 and 2.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "desktop/chord.h"

namespace diktate {

struct PortalKeyboardOptions {
  // Where the desktop's permission is kept, so that it asks once and not at every start. Mode 0600.
  std::filesystem::path token_file;
  Nanoseconds dialog_limit = std::chrono::minutes(2);  // for the user's answer
};

// Thread-safe.
class PortalKeyboard {
 public:
  virtual ~PortalKeyboard() = default;

  // Why no key can be pressed now, one line; nothing: it can. Does not wait.
  virtual std::optional<std::string> why_not() const = 0;

  // Presses all of it and lets go, and waits until the desktop has done so, 2 s at most. Fails with what went
  // wrong; some of the keys may have been pressed then.
  virtual Result<void> press(const Chord& chord) = 0;
};

// Asks the portal on a thread of its own, and does not wait. A session, portal or bus that ends is looked for
// again; what the user refused is asked again by a new portal or a new keyboard.
std::shared_ptr<PortalKeyboard> make_portal_keyboard(PortalKeyboardOptions options);

}  // namespace diktate
