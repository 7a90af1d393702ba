#include "app/take_keeper.h"

#include <utility>

#include "app/take_closing.h"

namespace diktate {
namespace {

class JournalKeeper final : public TakeKeeper {
 public:
  explicit JournalKeeper(std::unique_ptr<JournalTake> take) : take_(std::move(take)) {}

  TakeRecord& record() override { return *take_; }
  Result<void> close(const TakeReport& report) override { return take_->close(closing_of(report)); }

 private:
  const std::unique_ptr<JournalTake> take_;
};

}  // namespace

std::unique_ptr<TakeKeeper> keep_in_journal(Journal& journal, const TakeHeader& header) {
  return std::make_unique<JournalKeeper>(journal.begin(header));
}

TakeClosing closing_of(const TakeReport& report) {
  TakeClosing closing = closing_of(report.result);
  if (!report.insertion) return closing;
  closing.insert_method = report.insertion->method;
  closing.receipt = report.insertion->receipt;
  closing.held = report.insertion->held && report.insertion->method == "none";
  return closing;
}

}  // namespace diktate
