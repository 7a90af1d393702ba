#include "llm/model_call.h"

#include <utility>

#include "base/thread_name.h"

namespace diktate {

ModelCall::ModelCall(std::shared_ptr<LanguageModel> model, LlmRequest request)
    : thread_([this, model = std::move(model), request = std::move(request)](const std::stop_token& stop) {
        set_thread_name("ask " + model->name());
        run(model, request, stop);
      }) {}

void ModelCall::run(const std::shared_ptr<LanguageModel>& model, const LlmRequest& request,
                    const std::stop_token& stop) {
  auto answer = model->complete(request, stop);
  OnLate on_late;
  {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
    on_late = on_late_;
  }
  answered_.notify_all();
  if (on_late && !stop.stop_requested()) on_late(*answer_);
  const std::lock_guard lock(mutex_);
  over_ = true;
}

std::optional<LlmResult<LlmAnswer>> ModelCall::wait_until(Instant deadline, std::stop_token cancel) {
  std::unique_lock lock(mutex_);
  answered_.wait_until(lock, std::move(cancel), deadline, [&] { return answer_.has_value(); });
  return answer_;
}

void ModelCall::leave_to(OnLate on_late) {
  {
    const std::lock_guard lock(mutex_);
    if (!answer_) {
      on_late_ = std::move(on_late);
      return;
    }
  }
  on_late(*answer_);
}

bool ModelCall::is_over() const {
  const std::lock_guard lock(mutex_);
  return over_;
}

}  // namespace diktate
