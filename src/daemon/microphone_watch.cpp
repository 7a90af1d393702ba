#include "daemon/microphone_watch.h"

#include <memory>
#include <utility>

#include "base/result.h"

namespace diktate {

void MicrophoneWatch::use(Await await) {
  await_ = std::move(await);
  give_up();
}

void MicrophoneWatch::give_up() {
  if (waiting_) waiting_->stop.request_stop();
}

// One that is there and gives no sound will not come: the next take shows whether it works.
void MicrophoneWatch::follow() {
  const auto& problem = takes_.microphone_problem();
  const bool is_gone = problem && problem->why.kind == ErrorKind::unavailable;
  if (waiting_ && (!is_gone || waiting_->take != problem->take)) give_up();
  if (is_gone && await_ && !waiting_) begin(problem->take);
}

void MicrophoneWatch::begin(TakeNumber take) {
  waiting_.emplace(Waiting{take, {}});
  const auto came = std::make_shared<bool>(false);
  errands_.run(
      "microphone",
      [await = await_, came, stop = waiting_->stop.get_token()] {
        const auto waited = without_exceptions([&]() -> Result<bool> { return await(stop); });
        *came = waited.value_or(false);
      },
      [this, take, came](const Result<void>& ran) {
        waiting_.reset();
        if (!ran) await_ = {};  // else it would be tried without end; the next take shows whether it works
        if (*came) takes_.microphone_is_back(take);
      });
}

}  // namespace diktate
