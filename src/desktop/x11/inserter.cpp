#include "desktop/x11/inserter.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "desktop/reopened.h"
#include "desktop/turns.h"
#include "desktop/x11/insertion.h"

namespace diktate {
namespace {

class X11Target final : public TextTarget {
 public:
  X11Target(std::shared_ptr<X11Session> session, FocusedWindow window, bool primary)
      : session_(std::move(session)), window_(std::move(window)), primary_(primary) {
    if (!session_) return;
    session_->selections->copy(SelectionName::clipboard);
    if (primary_) session_->selections->copy(SelectionName::primary);
  }
  ~X11Target() override {
    if (!session_) return;
    session_->selections->forget_copy(SelectionName::clipboard);
    if (primary_) session_->selections->forget_copy(SelectionName::primary);
  }
  X11Target(const X11Target&) = delete;
  X11Target& operator=(const X11Target&) = delete;

  std::string name() const override { return window_.name; }
  X11Session* session() { return session_.get(); }
  const FocusedWindow& window() const { return window_; }

 private:
  const std::shared_ptr<X11Session> session_;  // none: the server was gone
  const FocusedWindow window_;
  const bool primary_;
};

Result<std::shared_ptr<X11Session>> open_session(const X11InserterOptions& options) {
  auto connection = X11Connection::open(options.display);
  if (!connection) return tl::unexpected(connection.error());
  auto keyboard = X11Keyboard::read(**connection);
  if (!keyboard) return tl::unexpected(keyboard.error());
  auto selections = X11Selections::open(options.display, options.holder);
  if (!selections) return tl::unexpected(selections.error());
  auto session = std::make_shared<X11Session>();
  session->connection = std::move(*connection);
  session->keyboard = std::move(*keyboard);
  session->selections = std::move(*selections);
  return session;
}

class X11Inserter final : public TextInserter {
 public:
  X11Inserter(X11InserterOptions options, std::shared_ptr<X11Session> session)
      : options_(std::move(options)),
        session_(std::move(session), [this] { return open_session(options_); }) {}

  std::unique_ptr<TextTarget> remember() override {
    const auto session = session_.live();
    if (!session) return std::make_unique<X11Target>(nullptr, FocusedWindow{}, false);
    FocusedWindow window = session->focus();
    const auto kind = paste_kind_of(window.name, window.instance, options_.programs);
    const bool primary = kind == PasteKind::primary_terminal || options_.follow_focus;
    return std::make_unique<X11Target>(session, std::move(window), primary);
  }

  Result<Insertion> insert(TextTarget& target, const InsertRequest& request,
                           std::stop_token cancel) override {
    return in_turn(target, request, std::move(cancel), options_.follow_focus,
                   [](X11Insertion& insertion) { return insertion.run(); });
  }

  Result<Insertion> replace(TextTarget& target, std::string_view old, const InsertRequest& request,
                            std::stop_token cancel) override {
    const auto act = [&](X11Insertion& insertion) -> Result<Insertion> {
      const auto& now = static_cast<X11Target&>(target).window();
      if (!last_ || !same_window(last_->window, now) || last_->text != old)
        return insertion.leave("the text was not inserted into this window");
      return insertion.replace(old);
    };
    return in_turn(target, request, std::move(cancel), false, act);
  }

  std::string problem() const override {
    return session_.current()->alive() ? "" : "text cannot be inserted: the X display is gone";
  }
  void reconnect() override { (void)session_.live(); }
  std::string name() const override { return "x11"; }

 private:
  struct Inserted {
    FocusedWindow window;
    std::string text;
  };

  using Act = std::function<Result<Insertion>(X11Insertion& insertion)>;

  Result<Insertion> in_turn(TextTarget& target, const InsertRequest& request, std::stop_token cancel,
                            bool follow, const Act& act) {
    auto* known = dynamic_cast<X11Target*>(&target);
    if (known == nullptr) return fail(ErrorKind::invalid, "the target was remembered by another inserter");
    const Turns::Turn turn(turns_);
    FocusedWindow window = known->window();
    auto inserted = act_on(*known, window, request, std::move(cancel), follow, act);
    last_.reset();
    if (inserted && inserted->receipt == Receipt::target) last_ = Inserted{window, std::string(request.text)};
    return inserted;
  }

  // `window` becomes the one that has the focus, where the text is to follow it.
  Result<Insertion> act_on(X11Target& target, FocusedWindow& window, const InsertRequest& request,
                           std::stop_token cancel, bool follow, const Act& act) {
    if (target.session() == nullptr || !target.session()->alive())
      return fail(ErrorKind::unavailable,
                  "the X display is gone: the text was not inserted; 'diktate last --print' shows it");
    for (int moves = 0;; ++moves) {
      if (follow) window = target.session()->focus();
      X11Insertion insertion(*target.session(), options_, window, request, cancel);
      auto done = act(insertion);
      if (!follow || !insertion.focus_moved() || moves == kMostX11Moves) return done;
    }
  }

  const X11InserterOptions options_;
  Turns turns_;
  std::optional<Inserted> last_;  // of whoever's turn it is
  Reopened<X11Session> session_;
};

}  // namespace

Result<std::unique_ptr<TextInserter>> make_x11_inserter(X11InserterOptions options) {
  auto session = open_session(options);
  if (!session) return tl::unexpected(session.error());
  return std::make_unique<X11Inserter>(std::move(options), std::move(*session));
}

}  // namespace diktate
