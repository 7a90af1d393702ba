#include "app/take_keeper.h"

#include <utility>

#include "app/take_closing.h"

namespace diktate {
namespace {

class JournalKeeper final : public TakeKeeper {
 public:
  JournalKeeper(Journal& journal, std::unique_ptr<JournalTake> take, OnWarning on_warning)
      : journal_(journal), take_(std::move(take)), on_warning_(std::move(on_warning)) {}

  TakeRecord& record() override { return *take_; }
  Result<void> close(const TakeReport& report) override {
    auto closed = take_->close(closing_of(report));
    journal_.get_ready();
    for (const std::string& warning : journal_.take_warnings()) {
      if (on_warning_) on_warning_(warning);
    }
    return closed;
  }

 private:
  Journal& journal_;
  const std::unique_ptr<JournalTake> take_;
  const OnWarning on_warning_;
};

}  // namespace

std::unique_ptr<TakeKeeper> keep_in_journal(Journal& journal, const TakeHeader& header,
                                            OnWarning on_warning) {
  return std::make_unique<JournalKeeper>(journal, journal.begin(header), std::move(on_warning));
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
