// Reads what Anthropic's /v1/messages streams.
// Source: Anthropic's API reference, "Streaming messages" and "Handling stop reasons" (version 2023-06-01).
#pragma once

#include "llm/reply.h"

namespace diktate {

class AnthropicReply final : public ReplyParser {
 public:
  explicit AnthropicReply(const Service& service) : service_(service) {}  // borrowed
  LlmResult<void> feed(std::string_view type, std::string_view data) override;
  const LlmReply& reply() const override { return reply_; }

 private:
  const Service& service_;
  LlmReply reply_;
};

}  // namespace diktate
