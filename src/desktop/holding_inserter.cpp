#include "desktop/holding_inserter.h"

namespace diktate {
namespace {

class NoTarget final : public TextTarget {
 public:
  std::string name() const override { return {}; }
};

class HoldingInserter final : public TextInserter {
 public:
  std::unique_ptr<TextTarget> remember() override { return std::make_unique<NoTarget>(); }
  Result<Insertion> insert(TextTarget& /*target*/, const InsertRequest& /*request*/,
                           std::stop_token /*cancel*/) override {
    return Insertion{"none", Receipt::none, true, "the text is held: 'diktate last --print' shows it"};
  }
  std::string name() const override { return "none"; }
};

}  // namespace

std::unique_ptr<TextInserter> make_holding_inserter() { return std::make_unique<HoldingInserter>(); }

}  // namespace diktate
