#include "desktop/portal/paste_session.h"

#include <utility>

#include "desktop/portal/paste_worker.h"
#include "desktop/portal/remote_desktop.h"

namespace diktate {
namespace {

// Of a text that is nowhere.
Error with_way_out(Error error) {
  error.message += "; 'diktate last --print' shows the text";
  return error;
}

class PortalPasteSession final : public PortalPaste {
 public:
  explicit PortalPasteSession(RemoteDesktopOptions options)
      : worker_(std::make_shared<PasteWorker>(std::move(options), watch_)),
        thread_("portal paste", worker_) {}

  // Does not wait: the portal may.
  Toplevel begin() override {
    want_copies(1);
    return {};
  }
  void forget() override { want_copies(-1); }
  Toplevel focus() override { return {}; }
  bool tells_focus() const override { return false; }
  std::optional<std::string> why_no_paste() override { return std::nullopt; }
  bool alive() override { return worker_->is_open(); }
  Error loss() const override { return with_way_out(worker_->loss()); }
  std::string problem() const override { return worker_->problem(); }
  bool is_missing() const override { return worker_->is_missing(); }

  Result<Custody> offer(std::string_view text, std::vector<int> /*target*/) override {
    auto custody = Custody::unreadable;
    const auto called = call([&](PortalConnection& /*connection*/) {
      watch_->change([](FetchState& state) { state = {}; });
      auto offered = clipboard().offer(text);
      if (!offered) clipboard().give_back({});
      if (!offered) return Result<void>(tl::unexpected(offered.error()));
      custody = *offered;
      return Result<void>();
    });
    if (!called) return tl::unexpected(with_way_out(called.error()));
    return custody;
  }
  Result<void> press(const Chord& chord) override {
    return call([&](PortalConnection& connection) {
      clipboard().count_fetches();
      return press_by_portal(connection, chord);
    });
  }
  void refuse() override {
    (void)call([&](PortalConnection& /*connection*/) {
      clipboard().refuse();
      return Result<void>();
    });
  }
  void give_back(Nanoseconds grace) override {
    (void)call([&](PortalConnection& /*connection*/) {
      clipboard().give_back(grace);
      return Result<void>();
    });
  }
  void keep() override {
    (void)call([&](PortalConnection& /*connection*/) {
      clipboard().keep();
      return Result<void>();
    });
  }

 private:
  Custody custody_now() override {
    auto custody = Custody::unreadable;
    (void)call([&](PortalConnection& /*connection*/) {
      custody = clipboard().custody();
      return Result<void>();
    });
    return custody;
  }
  Result<void> call(const PasteWorker::Action& action) {
    return worker_->call(action, [this] { thread_.wake(); });
  }
  void want_copies(int more) {
    worker_->want_copies(more);
    thread_.wake();
  }
  PortalClipboard& clipboard() { return worker_->clipboard(); }

  const std::shared_ptr<PasteWorker> worker_;
  PortalThread thread_;
};

}  // namespace

std::shared_ptr<PortalPaste> open_portal_paste(RemoteDesktopOptions options) {
  return std::make_shared<PortalPasteSession>(std::move(options));
}

}  // namespace diktate
