#include "llm/gemini_reply.h"

#include <algorithm>
#include <array>

#include "llm/json.h"

namespace diktate {
namespace {

constexpr std::array<std::string_view, 6> kFilters = {"SAFETY",    "RECITATION",         "LANGUAGE",
                                                      "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"};

Finish gemini_finish(const std::string& reason) {
  if (reason == "STOP") return Finish::stop;
  if (reason == "MAX_TOKENS") return Finish::length;
  return std::find(kFilters.begin(), kFilters.end(), reason) == kFilters.end() ? Finish::other
                                                                               : Finish::filter;
}

void read_candidate(const Json& candidate, LlmReply& reply) {
  for (const Json& part : candidate.items("content/parts")) {
    if (part.is_true("thought")) {
      reply.thought = true;
    } else {
      reply.text += part.text("text");
    }
  }
  const std::string reason = candidate.text("finishReason");
  if (reason.empty() || reason == "FINISH_REASON_UNSPECIFIED") return;
  reply.finish_name = reason;
  reply.finish = gemini_finish(reason);
}

void read_usage_metadata(const Json& event, LlmReply& reply) {
  if (const auto count = event.count("usageMetadata/promptTokenCount")) reply.prompt_tokens = count;
  if (const auto count = event.count("usageMetadata/candidatesTokenCount")) reply.answer_tokens = count;
  if (const auto count = event.count("usageMetadata/cachedContentTokenCount")) reply.cached_tokens = count;
  if (event.count("usageMetadata/thoughtsTokenCount").value_or(0) > 0) reply.thought = true;
}

}  // namespace

LlmResult<void> GeminiReply::feed(std::string_view /*type*/, std::string_view data) {
  const auto event = Json::parse(data);
  if (!event || !event->is_object()) return tl::unexpected(error_of_stranger(service_, "a broken event"));
  if (event->has("error")) {
    return tl::unexpected(
        error_in_stream(service_, event->text("error/status"), event->text("error/message")));
  }
  if (reply_.model.empty()) reply_.model = event->text("modelVersion");
  if (const auto candidate = event->at("candidates/0")) read_candidate(*candidate, reply_);
  read_usage_metadata(*event, reply_);
  // A prompt that is not worked on at all has this, and no candidate.
  const std::string blocked = event->text("promptFeedback/blockReason");
  if (!blocked.empty() && blocked != "BLOCK_REASON_UNSPECIFIED") {
    reply_.finish_name = blocked;
    reply_.finish = Finish::filter;
  }
  return {};
}

}  // namespace diktate
