// All that is needed to insert texts where the desktop lets no program at its clipboard: its portal, asked on
// a thread of its own. Inside this folder only.
#pragma once

#include <memory>
#include <string>

#include "desktop/paste_session.h"
#include "desktop/portal/remote_desktop_options.h"

namespace diktate {

class PortalPaste : public PasteSession {
 public:
  // Why nothing can be inserted now, one line; empty: it can, or the desktop has not answered yet. Does not
  // wait. Any thread.
  virtual std::string problem() const = 0;

  // There was no session yet, and the portal has none to give. Does not wait. Any thread.
  virtual bool is_missing() const = 0;
};

// Asks the portal for keys and the clipboard, in one session, and does not wait; alive() when it has them. A
// session, portal or bus that ends is looked for again; what the user refused is asked again by a new portal
// or a new session of ours. No window is known, nor who reads.
std::shared_ptr<PortalPaste> open_portal_paste(RemoteDesktopOptions options);

}  // namespace diktate
