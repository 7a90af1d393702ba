#include "desktop/wayland/inserter.h"

#include <utility>

#include "desktop/reopened.h"
#include "desktop/turns.h"
#include "desktop/wayland/insertion.h"
#include "desktop/wayland/paste_chord.h"

namespace diktate {
namespace {

class WaylandTarget final : public TextTarget {
 public:
  explicit WaylandTarget(std::shared_ptr<WaylandSession> session) : session_(std::move(session)) {
    if (session_) window_ = session_->begin();
  }
  ~WaylandTarget() override {
    if (session_) session_->forget();
  }
  WaylandTarget(const WaylandTarget&) = delete;
  WaylandTarget& operator=(const WaylandTarget&) = delete;

  std::string name() const override { return window_.app_id; }
  WaylandSession* session() { return session_.get(); }
  const Toplevel& window() const { return window_; }

 private:
  const std::shared_ptr<WaylandSession> session_;  // none: the compositor was gone
  Toplevel window_;
};

class WaylandInserter final : public TextInserter {
 public:
  WaylandInserter(WaylandInserterOptions options, const std::shared_ptr<WaylandSession>& session)
      : options_(std::move(options)), session_(session, [this] { return open_session(); }) {
    if (options_.portal_token.empty() || session->has_virtual_keyboard()) return;
    portal_ = make_portal_keyboard({.token_file = options_.portal_token});
    session->use(portal_);
  }

  std::unique_ptr<TextTarget> remember() override { return std::make_unique<WaylandTarget>(session_.live()); }

  Result<Insertion> insert(TextTarget& target, const InsertRequest& request,
                           std::stop_token cancel) override {
    auto* known = dynamic_cast<WaylandTarget*>(&target);
    if (known == nullptr) return fail(ErrorKind::invalid, "the target was remembered by another inserter");
    turns_.enter();
    WaylandSession* session = known->session();
    auto inserted = session == nullptr || !session->alive()
                        ? tl::unexpected(WaylandConnection::gone())
                        : WaylandInsertion(*session, options_, known->window(), request, cancel).run();
    turns_.leave();
    return inserted;
  }

  std::string problem() const override {
    return session_.current()->alive() ? "" : "text cannot be inserted: the Wayland compositor is gone";
  }
  void reconnect() override { (void)session_.live(); }
  std::string name() const override { return "wayland"; }

 private:
  Result<std::shared_ptr<WaylandSession>> open_session() const {
    auto session = WaylandSession::open(options_.display, options_.ignored_globals, options_.holder);
    if (session) (*session)->use(portal_);
    return session;
  }

  const WaylandInserterOptions options_;
  Turns turns_;
  Reopened<WaylandSession> session_;
  std::shared_ptr<PortalKeyboard> portal_;  // one for all sessions; none: it is not needed
};

}  // namespace

std::vector<std::string> wayland_methods() {
  std::vector<std::string> methods;
  for (const PasteKind kind : {PasteKind::ordinary, PasteKind::shift_insert, PasteKind::terminal})
    methods.push_back(paste_method_of(*paste_chord_for(kind)));
  methods.insert(methods.end(), {"type", "clipboard"});
  return methods;
}

Result<void> check_wayland_paste(const std::string& display) {
  const auto session = WaylandSession::open(display, {}, {});
  if (!session) return tl::unexpected(session.error());
  const auto why = (*session)->why_no_paste();
  return why ? fail(ErrorKind::unavailable, *why) : Result<void>();
}

Result<std::unique_ptr<TextInserter>> make_wayland_inserter(WaylandInserterOptions options) {
  auto session = WaylandSession::open(options.display, options.ignored_globals, options.holder);
  if (!session) return tl::unexpected(session.error());
  return std::make_unique<WaylandInserter>(std::move(options), *session);
}

}  // namespace diktate
