// A language model that answers prompts, wherever it runs: what the router asks of every processor.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "llm/prompts.h"
#include "llm/reply.h"
#include "net/http_client.h"

namespace diktate {

struct LlmRequest {
  Prompt prompt;
  int most_tokens = 1024;                // an answer that reaches this is cut, and rejected
  bool exact = true;                     // the likeliest words rather than lively ones
  std::optional<Instant> deadline = {};  // after which nobody wants the answer
};

struct LlmAnswer {
  LlmReply reply;
  HttpTimings http;
};

// A model in a server's memory, as far as the server says.
struct LoadedModel {
  std::string name;
  std::optional<std::int64_t> context;         // tokens
  std::optional<std::int64_t> bytes;           // of it in all memory
  std::optional<std::int64_t> vram_bytes;      // of that on the graphics card
  std::optional<Nanoseconds> keep_alive = {};  // for which it stays
};

// What a server says of itself.
struct ServerStatus {
  std::string version;  // empty: it does not say
  std::vector<LoadedModel> loaded;
  std::vector<std::string> installed;
  HttpTimings http;  // of the first question
};

// Thread-safe: prepare() and complete() run at the same time.
class LanguageModel {
 public:
  virtual ~LanguageModel() = default;

  // Everything that can be done before the words are known: connects, loads the model, has the beginning of
  // every prompt evaluated. Waits as long as that takes, minutes when a large model is loaded; only `cancel`
  // ends it, and whoever asks for that may abort the loading. True if the model has shown that it works;
  // false if nothing was asked of it.
  virtual LlmResult<bool> prepare(const Prompt& prefix, std::stop_token cancel) = 0;

  // Waits for the whole answer, which ended by itself and is not empty. `cancel` is noticed within 20 ms.
  virtual LlmResult<LlmAnswer> complete(const LlmRequest& request, std::stop_token cancel) = 0;

  // What its server says of itself and its models. Waits.
  virtual LlmResult<ServerStatus> status(std::optional<Instant> deadline, std::stop_token cancel) = 0;

  // "ollama", "openai": as in the settings.
  virtual std::string name() const = 0;

  // Whose connection and model it shares: "local:http://localhost:11434", "openai:gpt-4o-mini". The same
  // after a change of the settings that does not concern it.
  virtual std::string key() const = 0;
};

}  // namespace diktate
