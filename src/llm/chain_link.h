// A model of a router's chain, and how it has been doing.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "base/clock.h"
#include "llm/backoff.h"
#include "llm/language_model.h"
#include "llm/model_call.h"
#include "llm/piece_gain.h"

namespace diktate {

// The methods may be called by any thread.
struct ChainLink {
  std::shared_ptr<LanguageModel> model;
  std::mutex mutex;
  Backoff backoff;
  std::string why;                  // it failed the last time: a line for a person
  std::unique_ptr<ModelCall> call;  // of the last take; the router's thread only
  std::jthread preparing;           // the router's thread only
  bool prepared = true;             // nothing is under way
  PieceGain gain;                   // the router's thread only

  explicit ChainLink(std::shared_ptr<LanguageModel> owned) : model(std::move(owned)) {}

  bool may_try() {
    const std::lock_guard lock(mutex);
    return backoff.may_try(std::chrono::steady_clock::now());
  }
  bool is_failing() {
    const std::lock_guard lock(mutex);
    return backoff.is_failing();
  }
  void succeeded() {
    const std::lock_guard lock(mutex);
    backoff.succeeded();
  }
  void failed(const LlmError& error) {
    // A text that one model will not work on says nothing about the next.
    if (error.failure == LlmFailure::rejected || error.failure == LlmFailure::cancelled) return;
    const std::lock_guard lock(mutex);
    backoff.failed(std::chrono::steady_clock::now(), error.retry_after);
    why = error.message;
  }
  std::string last_failure() {
    const std::lock_guard lock(mutex);
    return why;
  }
};

}  // namespace diktate
