// Reads what Gemini's streamGenerateContent?alt=sse streams.
// Source: Google's Gemini API reference, GenerateContentResponse and FinishReason (v1beta).
#pragma once

#include "llm/reply.h"

namespace diktate {

class GeminiReply final : public ReplyParser {
 public:
  explicit GeminiReply(const Service& service) : service_(service) {}  // borrowed
  LlmResult<void> feed(std::string_view type, std::string_view data) override;
  const LlmReply& reply() const override { return reply_; }

 private:
  const Service& service_;
  LlmReply reply_;
};

}  // namespace diktate
