#include "desktop/wayland/inserter.h"

#include <mutex>
#include <utility>

#include "desktop/paste_inserter.h"
#include "desktop/portal/check.h"
#include "desktop/wayland/session.h"

namespace diktate {
namespace {

class WaylandInserter final : public PasteInserter {
 public:
  WaylandInserter(WaylandInserterOptions options, std::shared_ptr<WaylandSession> session)
      : PasteInserter(options.paste), options_(std::move(options)), session_(std::move(session)) {
    if (options_.portal_token.empty() || session_->has_virtual_keyboard()) return;
    portal_ = make_portal_keyboard({.token_file = options_.portal_token});
    session_->use(portal_);
  }

  std::string name() const override { return "wayland"; }

 private:
  // That of now, or a new one where the compositor ended.
  Result<std::shared_ptr<PasteSession>> session() override {
    const std::lock_guard lock(mutex_);
    if (session_->alive()) return session_;
    auto session = WaylandSession::open(options_.display, options_.ignored_globals);
    if (!session) return tl::unexpected(WaylandConnection::gone());
    session_ = std::move(*session);
    session_->use(portal_);
    return session_;
  }

  const WaylandInserterOptions options_;
  std::mutex mutex_;
  std::shared_ptr<WaylandSession> session_;
  std::shared_ptr<PortalKeyboard> portal_;  // one for all sessions; none: it is not needed
};

}  // namespace

bool has_wayland(const std::string& display) { return WaylandConnection::open(display, {}).has_value(); }

Result<void> check_wayland_paste(const std::string& display) {
  const auto session = WaylandSession::open(display, {});
  if (!session) return tl::unexpected(session.error());
  if (!(*session)->has_virtual_keyboard()) return check_portal_keys();
  const auto why = (*session)->why_no_paste();
  return why ? fail(ErrorKind::unavailable, *why) : Result<void>();
}

Result<std::unique_ptr<TextInserter>> make_wayland_inserter(WaylandInserterOptions options) {
  auto session = WaylandSession::open(options.display, options.ignored_globals);
  if (!session) return tl::unexpected(session.error());
  return std::make_unique<WaylandInserter>(std::move(options), std::move(*session));
}

}  // namespace diktate
