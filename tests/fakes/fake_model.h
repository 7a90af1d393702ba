// A LanguageModel that answers as a test tells it, and remembers what it was asked.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "llm/language_model.h"

namespace diktate::fakes {

inline LlmAnswer answer_of(std::string text) {
  LlmAnswer answer;
  answer.reply.text = std::move(text);
  answer.reply.finish = Finish::stop;
  return answer;
}

class FakeModel final : public LanguageModel {
 public:
  using Answer = std::function<LlmResult<LlmAnswer>(const LlmRequest&, std::stop_token)>;

  FakeModel(std::string name, Answer answer) : name_(std::move(name)), answer_(std::move(answer)) {}

  LlmResult<bool> prepare(const Prompt& prefix, std::stop_token cancel) override {
    ++prepared;
    return on_prepare(prefix, std::move(cancel));
  }

  LlmResult<LlmAnswer> complete(const LlmRequest& request, std::stop_token cancel) override {
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    return answer_(request, std::move(cancel));
  }

  LlmResult<ServerStatus> status(std::optional<Instant> /*deadline*/, std::stop_token /*cancel*/) override {
    return ServerStatus{};
  }

  std::string name() const override { return name_; }
  std::string key() const override { return "fake:" + name_; }

  std::vector<LlmRequest> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

  std::function<LlmResult<bool>(const Prompt&, std::stop_token)> on_prepare =
      [](const Prompt&, std::stop_token) { return true; };
  std::atomic<int> prepared{0};

 private:
  const std::string name_;
  const Answer answer_;
  mutable std::mutex mutex_;
  std::vector<LlmRequest> requests_;
};

}  // namespace diktate::fakes
