// The clipboard of a desktop, by the Clipboard portal in a session of RemoteDesktop. Inside this folder only.
// Source: org.freedesktop.portal.Clipboard, version 1.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "desktop/borrowed_clipboard.h"
#include "desktop/portal/connection.h"

namespace diktate {

// The thread of the connection uses it.
class PortalClipboard final : public BorrowedClipboard {
 public:
  explicit PortalClipboard(Listeners listeners) : BorrowedClipboard(std::move(listeners)) {}

  // A session that has the clipboard begins, on a connection that is borrowed until it ends. When it has
  // ended, what was ours is lost.
  void begin_session(PortalConnection& connection);
  void end_session();

  // A signal of the portal. Calls nobody: what follows from it is done by the next handle_signals().
  void on_signal(sdbus::Message& message, const std::string& session);
  void handle_signals();
  bool has_signals() const { return changed_ || !requests_.empty() || !served_requests_.empty(); }

  void count_fetches() override { counts_ = true; }

 private:
  struct Request {
    std::string mime;
    std::uint32_t serial = 0;
    bool counts = false;
  };

  Result<void> own(const SharedMime& content) override;
  void own_nothing() override;
  std::unique_ptr<OfferCopy> copy_theirs() override;
  void on_served(std::uint32_t serial, bool all) override { served_requests_.emplace_back(serial, all); }

  Result<void> set_selection(const std::vector<std::string>& mimes);
  Result<UniqueFd> read_format(const std::string& mime);
  void answer(const Request& request);
  void finish(std::uint32_t serial, bool all);
  Result<UniqueFd> ask_for_pipe(const std::string& method,
                                const std::function<void(sdbus::MethodCall&)>& fill);

  PortalConnection* connection_ = nullptr;          // none: there is no session
  std::optional<std::vector<std::string>> theirs_;  // formats of another program; none: not told yet
  bool is_ours_ = false;                            // the portal says so
  bool changed_ = false;                            // another program took it since it was last looked at
  std::deque<Request> requests_;
  std::vector<std::pair<std::uint32_t, bool>> served_requests_;
};

}  // namespace diktate
