// A session of the portals RemoteDesktop and Clipboard on its thread, and what others ask of it. Inside this
// folder only.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "desktop/paste_session.h"
#include "desktop/portal/clipboard.h"
#include "desktop/portal/remote_desktop_options.h"
#include "desktop/portal/session_thread.h"

namespace diktate {

class PasteWorker final : public PortalSession {
 public:
  using Action = std::function<Result<void>(PortalConnection& connection)>;

  PasteWorker(RemoteDesktopOptions options, std::shared_ptr<FetchWatch> watch)
      : options_(std::move(options)), watch_(std::move(watch)), clipboard_(listeners()) {}

  // Has the thread do it, and waits for that. Fails without it where there is no session. Any other thread.
  Result<void> call(const Action& action, const std::function<void()>& wake);

  // More, or fewer, takes want what is on the clipboard to be copied. Any thread.
  void want_copies(int more);
  bool is_open() const;
  Error loss() const;           // as far as is known, the last
  std::string problem() const;  // the same, but not while the desktop is asked for the first time
  bool is_missing() const;      // never open, and not to be had

  Result<void> open(PortalConnection& connection) override;
  void on_wake(PortalConnection& connection) override;
  void on_closed(const Error& why) override;
  std::vector<pollfd> descriptors() const override { return clipboard_.descriptors(); }
  std::optional<Instant> deadline() const override { return clipboard_.deadline(); }

  PortalClipboard& clipboard() { return clipboard_; }  // for actions

 private:
  struct Call {
    const Action& action;  // until it is done, or given up
    bool begun = false;
    std::optional<Result<void>> result = {};
  };
  BorrowedClipboard::Listeners listeners();
  void run_calls(PortalConnection& connection);
  void copy_as_wanted();
  bool has_wishes() const;

  const RemoteDesktopOptions options_;
  const std::shared_ptr<FetchWatch> watch_;
  PortalClipboard clipboard_;  // the thread's
  bool copies_ = false;        // the thread's

  mutable std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  bool open_ = false;
  bool told_ = false;     // the desktop has answered, or is not there
  bool missing_ = false;  // at the last attempt
  bool was_open_ = false;
  Error loss_{ErrorKind::unavailable,
              "the desktop has not said yet whether keys may be pressed and the clipboard used"};
  int copies_wanted_ = 0;
  std::deque<std::shared_ptr<Call>> calls_;
};

}  // namespace diktate
