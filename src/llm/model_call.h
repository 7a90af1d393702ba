// One question to a model on a thread of its own, so that whoever asked need not wait to its end.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "base/clock.h"
#include "llm/language_model.h"

namespace diktate {

// Destroying it ends the call, and waits for that (about 20 ms).
class ModelCall {
 public:
  using OnLate = std::function<void(const LlmResult<LlmAnswer>&)>;

  ModelCall(std::shared_ptr<LanguageModel> model, LlmRequest request);

  // Waits for the answer until `deadline` or `cancel`; nothing: it is not there. Called once or more, by one
  // thread.
  std::optional<LlmResult<LlmAnswer>> wait_until(Instant deadline, std::stop_token cancel);

  // The answer goes to `on_late`, on the call's thread, or on this one if it is there already; to nobody
  // after abort().
  void leave_to(OnLate on_late);

  void abort() { thread_.request_stop(); }
  bool is_over() const;

 private:
  void run(const std::shared_ptr<LanguageModel>& model, const LlmRequest& request,
           const std::stop_token& stop);

  mutable std::mutex mutex_;
  std::condition_variable_any answered_;
  std::optional<LlmResult<LlmAnswer>> answer_;
  OnLate on_late_;
  bool over_ = false;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace diktate
