#include "desktop/wayland/inserter.h"

#include <utility>

#include "desktop/paste_inserter.h"
#include "desktop/portal/check.h"
#include "desktop/reopened.h"
#include "desktop/wayland/session.h"

namespace diktate {
namespace {

class WaylandInserter final : public PasteInserter {
 public:
  WaylandInserter(WaylandInserterOptions options, const std::shared_ptr<WaylandSession>& session)
      : PasteInserter(options.paste),
        options_(std::move(options)),
        session_(session, [this] { return open_session(); }) {
    if (options_.portal_token.empty() || session->has_virtual_keyboard()) return;
    portal_ = make_portal_keyboard({.token_file = options_.portal_token});
    session->use(portal_);
  }

  std::string problem() const override {
    if (!session_.current()->alive()) return "text cannot be inserted: the Wayland compositor is gone";
    const auto no_keys = portal_ ? portal_->problem() : std::nullopt;
    return no_keys ? "text is left on the clipboard: " + *no_keys : "";
  }
  bool mixes_with_held_keys() const override { return portal_ != nullptr; }
  void reconnect() override { (void)session_.live(); }
  std::string name() const override { return "wayland"; }

 private:
  Result<std::shared_ptr<PasteSession>> session() override {
    if (auto live = session_.live()) return live;
    return tl::unexpected(WaylandConnection::gone());
  }

  Result<std::shared_ptr<WaylandSession>> open_session() const {
    auto session = WaylandSession::open(options_.display, options_.ignored_globals, options_.holder);
    if (session) (*session)->use(portal_);
    return session;
  }

  const WaylandInserterOptions options_;
  Reopened<WaylandSession> session_;
  std::shared_ptr<PortalKeyboard> portal_;  // one for all sessions; none: it is not needed
};

}  // namespace

bool has_wayland(const std::string& display) { return WaylandConnection::open(display, {}).has_value(); }

Result<void> check_wayland_paste(const std::string& display) {
  const auto session = WaylandSession::open(display, {}, {});
  if (!session) return tl::unexpected(session.error());
  if (!(*session)->has_virtual_keyboard()) return check_portal_keys();
  const auto why = (*session)->why_no_paste();
  return why ? fail(ErrorKind::unavailable, *why) : Result<void>();
}

Result<std::unique_ptr<TextInserter>> make_wayland_inserter(WaylandInserterOptions options) {
  auto session = WaylandSession::open(options.display, options.ignored_globals, options.holder);
  if (!session) return tl::unexpected(session.error());
  return std::make_unique<WaylandInserter>(std::move(options), *session);
}

}  // namespace diktate
