#include "desktop/paste_inserter.h"

#include <utility>

namespace diktate {
namespace {

class PasteTarget final : public TextTarget {
 public:
  explicit PasteTarget(Result<std::shared_ptr<PasteSession>> session) : session_(std::move(session)) {
    if (session_) window_ = (*session_)->begin();
  }
  ~PasteTarget() override {
    if (session_) (*session_)->forget();
  }
  PasteTarget(const PasteTarget&) = delete;
  PasteTarget& operator=(const PasteTarget&) = delete;

  std::string name() const override { return window_.app_id; }
  const Result<std::shared_ptr<PasteSession>>& session() const { return session_; }
  const Toplevel& window() const { return window_; }

 private:
  const Result<std::shared_ptr<PasteSession>> session_;
  Toplevel window_;
};

}  // namespace

std::unique_ptr<TextTarget> PasteInserter::remember() { return std::make_unique<PasteTarget>(session()); }

Result<Insertion> PasteInserter::insert(TextTarget& target, const InsertRequest& request,
                                        std::stop_token cancel) {
  return in_turn(target, [&](PasteSession& session, const Toplevel& window) {
    return insert_into(session, window, request, cancel);
  });
}

Result<Insertion> PasteInserter::replace(TextTarget& target, std::string_view /*old*/,
                                         const InsertRequest& request, std::stop_token cancel) {
  return in_turn(target, [&](PasteSession& session, const Toplevel& window) {
    return PasteInsertion(session, options_, window, request, cancel)
        .leave("a text that was inserted cannot be replaced here");
  });
}

Result<Insertion> PasteInserter::in_turn(TextTarget& target, const Act& act) {
  const auto* known = dynamic_cast<PasteTarget*>(&target);
  if (known == nullptr) return fail(ErrorKind::invalid, "the target was remembered by another inserter");
  if (!known->session()) return tl::unexpected(known->session().error());
  const Turns::Turn turn(turns_);
  return act(**known->session(), known->window());
}

Result<Insertion> PasteInserter::insert_into(PasteSession& session, Toplevel window,
                                             const InsertRequest& request, const std::stop_token& cancel) {
  for (int moves = 0;; ++moves) {
    if (options_.follow_focus) window = session.focus();
    PasteInsertion insertion(session, options_, window, request, cancel);
    auto done = insertion.run();
    if (!options_.follow_focus || !insertion.focus_moved() || moves == kMostMoves) return done;
  }
}

}  // namespace diktate
