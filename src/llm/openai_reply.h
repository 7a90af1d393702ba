// Reads what /v1/chat/completions answers, streamed or whole: OpenAI's, and that of the servers which imitate
// it. Source: OpenAI's API reference; llama.cpp tools/server/README.md for `timings` and errors in a stream.
#pragma once

#include "llm/reply.h"

namespace diktate {

class OpenAiReply final : public ReplyParser {
 public:
  explicit OpenAiReply(const Service& service) : service_(service) {}  // borrowed
  LlmResult<void> feed(std::string_view type, std::string_view data) override;
  const LlmReply& reply() const override { return reply_; }

 private:
  const Service& service_;
  LlmReply reply_;
};

}  // namespace diktate
