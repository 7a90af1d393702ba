#include "desktop/wayland/inserter.h"

#include <utility>

#include "desktop/paste_inserter.h"
#include "desktop/paste_kind.h"
#include "desktop/portal/check.h"
#include "desktop/reopened.h"
#include "desktop/text_parts.h"
#include "desktop/wayland/session.h"
#include "desktop/wayland/x_windows.h"

namespace diktate {
namespace {

X11InserterOptions x_options(const WaylandInserterOptions& options) {
  return {.display = options.x_display,
          .programs = options.paste.programs,
          .methods = options.paste.methods,
          .follow_focus = options.paste.follow_focus,
          .holder = options.holder,
          .longest_typed = options.paste.longest_typed};
}

class WaylandInserter final : public PasteInserter {
 public:
  WaylandInserter(WaylandInserterOptions options, const std::shared_ptr<WaylandSession>& session)
      : PasteInserter(options.paste),
        options_(std::move(options)),
        x_windows_(x_options(options_)),
        session_(session, [this] { return open_session(); }) {
    if (options_.portal_token.empty() || session->has_virtual_keyboard()) return;
    portal_ = make_portal_keyboard({.token_file = options_.portal_token});
    session->use(portal_);
  }

  // The display of X may be another than the compositor's: then no window of it is the one that is told of.
  std::unique_ptr<TextTarget> remember() override {
    auto window = PasteInserter::remember();
    if (is_only_clipboard(options_.paste.methods)) return window;
    auto of_x = x_windows_.remember();
    const bool same = of_x && (window->name().empty() || same_but_case(window->name(), of_x->name()));
    if (same) return of_x;
    return window;
  }
  Result<Insertion> insert(TextTarget& target, const InsertRequest& request,
                           std::stop_token cancel) override {
    if (auto* of_x = dynamic_cast<XWindow*>(&target))
      return of_x->inserter().insert(of_x->window(), request, std::move(cancel));
    return PasteInserter::insert(target, request, std::move(cancel));
  }
  Result<Insertion> replace(TextTarget& target, std::string_view old, const InsertRequest& request,
                            std::stop_token cancel) override {
    if (auto* of_x = dynamic_cast<XWindow*>(&target))
      return of_x->inserter().replace(of_x->window(), old, request, std::move(cancel));
    return PasteInserter::replace(target, old, request, std::move(cancel));
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
  XWindows x_windows_;
  Reopened<WaylandSession> session_;
  std::shared_ptr<PortalKeyboard> portal_;  // one for all sessions; none: it is not needed
};

}  // namespace

bool has_wayland(const std::string& display) { return WaylandConnection::open(display, {}).has_value(); }

Result<bool> check_wayland_paste(const std::string& display) {
  const auto session = WaylandSession::open(display, {}, {});
  if (!session) return tl::unexpected(session.error());
  if (!(*session)->has_virtual_keyboard()) return check_portal_keys().map([] { return false; });
  const auto why = (*session)->why_no_paste();
  return why ? fail(ErrorKind::unavailable, *why) : Result<bool>(true);
}

std::string focused_app(const std::string& display) {
  const auto session = WaylandSession::open(display, {}, {});
  return session ? (*session)->focus().app_id : "";
}

Result<std::unique_ptr<TextInserter>> make_wayland_inserter(WaylandInserterOptions options) {
  auto session = WaylandSession::open(options.display, options.ignored_globals, options.holder);
  if (!session) return tl::unexpected(session.error());
  return std::make_unique<WaylandInserter>(std::move(options), *session);
}

}  // namespace diktate
