// All that is needed to insert texts, on one connection to a compositor with a thread of its own. Inside this
// folder only.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "desktop/chord.h"
#include "desktop/clipboard_backup.h"
#include "desktop/custody.h"
#include "desktop/portal/keyboard.h"
#include "desktop/wayland/clipboard.h"
#include "desktop/wayland/event_loop.h"
#include "desktop/wayland/toplevels.h"
#include "desktop/wayland/virtual_keyboard.h"

namespace diktate {

// What is known of a text that is offered.
struct FetchState {
  bool target = false;   // a process of the target took it, to its last byte, after the key
  bool someone = false;  // another did
  bool lost = false;     // another program took the clipboard
  bool gone = false;     // the compositor
};

// Calls wait for the thread "wayland" (milliseconds). By one thread at a time, but begin(), forget(), focus()
// and alive() by any.
class WaylandSession {
 public:
  // Waits for the compositor. Fails (`unavailable`) where there is none, or no data control.
  // `holder`: the program that gives back the clipboard when this one has ended; empty: none.
  static Result<std::shared_ptr<WaylandSession>> open(const std::string& display,
                                                      const std::vector<std::string>& ignored_globals,
                                                      const std::string& holder);
  ~WaylandSession() = default;  // without a holder, what was on the clipboard before is lost with it

  // The window that has the focus. From now on the clipboard is copied, and the virtual keyboard is there;
  // until each call has had its forget().
  Toplevel begin();
  void forget();
  Toplevel focus();

  // What became of the copy of the clipboard; waits for it until then.
  Custody custody(Instant until, std::stop_token cancel);

  // Before anything else is called: who presses the keys where there is no virtual keyboard; may be none.
  void use(std::shared_ptr<PortalKeyboard> portal) { portal_ = std::move(portal); }
  bool has_virtual_keyboard() const { return connection_->globals().virtual_keyboards != nullptr; }
  bool tells_focus() const { return connection_->globals().toplevels != nullptr; }

  // Why nothing can be pasted here; nothing: it can.
  std::optional<std::string> why_no_paste();

  // Takes the clipboard and serves the text. That one of these processes reads it is the receipt.
  Result<void> offer(std::string_view text, std::vector<int> target);

  // What is read from now on may be read because of these keys. Waits until programs know the virtual
  // keyboard, or for the portal, 2 s at most.
  Result<void> press(const Chord& chord);

  // Types the text, as type_text() does; what is on the clipboard does not matter to it.
  Result<void> type(std::string_view text);

  // Waits until then or until `done` says so.
  FetchState wait(Instant until, const std::function<bool(const FetchState&)>& done, std::stop_token cancel);

  void refuse();  // from now on nobody gets the text
  // What was there before comes back so long after the last request, if the text is still there.
  void give_back(Nanoseconds grace = std::chrono::milliseconds(300));
  void keep();  // the text stays

  // Whether the compositor is still there, as far as is known. Does not wait.
  bool alive();

 private:
  WaylandSession(std::unique_ptr<WaylandConnection> connection, const std::string& display,
                 const std::string& holder);
  Result<void> start();
  Toplevel focused_now();
  void make_keyboard();
  Result<void> press_by_portal(const Chord& chord);
  void on_fetched(int pipe);
  void change(const std::function<void(FetchState&)>& how);

  const std::unique_ptr<WaylandConnection> connection_;
  std::unique_ptr<Toplevels> toplevels_;
  ClipboardBackup backup_;
  std::unique_ptr<WaylandClipboard> clipboard_;
  const Result<Keymap> keymap_ = Keymap::american();  // ahead: it takes some milliseconds
  std::unique_ptr<VirtualKeyboard> keyboard_;
  std::string no_keys_;
  std::shared_ptr<PortalKeyboard> portal_;
  std::vector<int> target_;

  std::mutex mutex_;  // of what follows
  std::condition_variable_any changed_;
  FetchState state_;

  WaylandLoop loop_;  // last: its thread uses all of this
};

}  // namespace diktate
