#include "desktop/portal/inserter.h"

#include <utility>

#include "desktop/paste_inserter.h"
#include "desktop/portal/paste_session.h"

namespace diktate {
namespace {

class PortalInserter final : public PasteInserter {
 public:
  explicit PortalInserter(PortalInserterOptions options)
      : PasteInserter(std::move(options.paste)),
        session_(open_portal_paste(std::move(options.remote_desktop))) {}

  std::string problem() const override {
    const std::string why = session_->problem();
    return why.empty() ? "" : "text cannot be inserted: " + why;
  }
  bool mixes_with_held_keys() const override { return true; }
  bool is_misplaced() const override { return session_->is_missing(); }
  std::string name() const override { return "portal"; }

 private:
  Result<std::shared_ptr<PasteSession>> session() override { return session_; }

  const std::shared_ptr<PortalPaste> session_;
};

}  // namespace

std::unique_ptr<TextInserter> make_portal_inserter(PortalInserterOptions options) {
  return std::make_unique<PortalInserter>(std::move(options));
}

}  // namespace diktate
