// All that is needed to insert texts, on one connection to a compositor with a thread of its own. Inside this
// folder only.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desktop/clipboard_backup.h"
#include "desktop/paste_session.h"
#include "desktop/portal/keyboard.h"
#include "desktop/wayland/clipboard.h"
#include "desktop/wayland/event_loop.h"
#include "desktop/wayland/toplevels.h"
#include "desktop/wayland/virtual_keyboard.h"

namespace diktate {

// Calls wait for the thread "wayland".
class WaylandSession final : public PasteSession {
 public:
  // Waits for the compositor. Fails (`unavailable`) where there is none, or no data control.
  // `holder`: the program that gives back the clipboard when this one has ended; empty: none.
  static Result<std::shared_ptr<WaylandSession>> open(const std::string& display,
                                                      const std::vector<std::string>& ignored_globals,
                                                      const std::string& holder);
  ~WaylandSession() override = default;  // without a holder, what was on the clipboard before is lost with it

  // Before anything else is called: who presses the keys where there is no virtual keyboard; may be none.
  void use(std::shared_ptr<PortalKeyboard> portal) { portal_ = std::move(portal); }
  bool has_virtual_keyboard() const { return connection_->globals().virtual_keyboards != nullptr; }

  // What is read from now on counts.
  Result<void> count_fetches();

  Toplevel begin() override;
  void forget() override;
  Toplevel focus() override;
  bool tells_focus() const override { return connection_->globals().toplevels != nullptr; }
  std::optional<std::string> why_no_paste() override;
  Result<Custody> offer(std::string_view text, std::vector<int> target) override;
  Result<void> press(const Chord& chord) override;
  bool can_type() const override { return has_virtual_keyboard(); }
  Result<bool> type(std::string_view text, const std::function<bool()>& may_go_on) override;
  void refuse() override;
  void give_back(Nanoseconds grace) override;
  void keep() override;
  bool alive() override { return !watch_->now().gone; }
  Error loss() const override { return WaylandConnection::gone(); }

 private:
  WaylandSession(std::unique_ptr<WaylandConnection> connection, const std::string& display,
                 const std::string& holder);
  Result<void> start();
  Toplevel focused_now();
  void make_keyboard();
  Result<void> press_by_portal(const Chord& chord);
  void on_fetched(int pipe);
  Custody custody_now() override;

  const std::unique_ptr<WaylandConnection> connection_;
  std::unique_ptr<Toplevels> toplevels_;
  ClipboardBackup backup_;
  std::unique_ptr<WaylandClipboard> clipboard_;
  const Result<Keymap> keymap_ = Keymap::american();  // ahead: it takes some milliseconds
  std::unique_ptr<VirtualKeyboard> keyboard_;
  std::string no_keys_;
  std::shared_ptr<PortalKeyboard> portal_;
  std::vector<int> target_;

  WaylandLoop loop_;  // last: its thread uses all of this
};

}  // namespace diktate
