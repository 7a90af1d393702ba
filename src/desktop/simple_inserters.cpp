#include "desktop/simple_inserters.h"

#include <mutex>
#include <utility>

#include "base/clock.h"
#include "desktop/piped_command.h"

namespace diktate {
namespace {

class NoTarget final : public TextTarget {
 public:
  std::string name() const override { return {}; }
};

class CommandInserter final : public TextInserter {
 public:
  explicit CommandInserter(std::string command) : command_(std::move(command)) {}

  std::unique_ptr<TextTarget> remember() override { return std::make_unique<NoTarget>(); }

  Result<Insertion> insert(TextTarget& /*target*/, const InsertRequest& request,
                           std::stop_token cancel) override {
    const std::lock_guard lock(mutex_);
    if (auto run = pipe_into(command_, request.text, std::chrono::seconds(10), cancel); !run)
      return tl::unexpected(run.error());
    Insertion insertion{"command", Receipt::sent, false, {}};
    if (!request.keys.empty()) insertion.note = "a command presses no keys";
    return insertion;
  }

  std::string name() const override { return "command"; }

 private:
  const std::string command_;
  std::mutex mutex_;
};

class HoldingInserter final : public TextInserter {
 public:
  std::unique_ptr<TextTarget> remember() override { return std::make_unique<NoTarget>(); }
  Result<Insertion> insert(TextTarget& /*target*/, const InsertRequest& /*request*/,
                           std::stop_token /*cancel*/) override {
    return Insertion{"none", Receipt::none, true, "nothing is inserted, as it is set up"};
  }
  std::string name() const override { return "none"; }
};

}  // namespace

std::unique_ptr<TextInserter> make_command_inserter(std::string command) {
  return std::make_unique<CommandInserter>(std::move(command));
}

std::unique_ptr<TextInserter> make_holding_inserter() { return std::make_unique<HoldingInserter>(); }

}  // namespace diktate
