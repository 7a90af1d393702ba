// Reads what Ollama's /api/chat and /api/generate answer, streamed or whole.
// Source: Ollama's docs/api.md, and recordings of 0.32.15 in tests/data/ollama/.
#pragma once

#include "llm/reply.h"

namespace diktate {

class OllamaReply final : public ReplyParser {
 public:
  explicit OllamaReply(const Service& service) : service_(service) {}  // borrowed
  LlmResult<void> feed(std::string_view type, std::string_view data) override;
  const LlmReply& reply() const override { return reply_; }

 private:
  const Service& service_;
  LlmReply reply_;
};

}  // namespace diktate
