#include "llm/openai_reply.h"

#include "llm/json.h"

namespace diktate {
namespace {

Finish openai_finish(const std::string& reason) {
  if (reason == "stop") return Finish::stop;
  if (reason == "length") return Finish::length;
  if (reason == "content_filter") return Finish::filter;
  return Finish::other;
}

// `delta` in a stream, `message` in a whole answer.
void read_message(const Json& message, LlmReply& reply) {
  reply.text += message.text("content");
  if (!message.text("refusal").empty()) {
    reply.finish = Finish::refusal;
    reply.finish_name = "refusal";
  }
  if (!message.text("reasoning_content").empty() || !message.text("reasoning").empty()) reply.thought = true;
}

void read_usage(const Json& event, LlmReply& reply) {
  if (const auto count = event.count("usage/prompt_tokens")) reply.prompt_tokens = count;
  if (const auto count = event.count("usage/completion_tokens")) reply.answer_tokens = count;
  if (const auto count = event.count("usage/prompt_tokens_details/cached_tokens"))
    reply.cached_tokens = count;
}

// llama.cpp only. It knows no total: prompt and decode are all that is measured.
void read_timings(const Json& event, LlmReply& reply) {
  if (!event.has("timings")) return;
  reply.durations.prompt = event.milliseconds("timings/prompt_ms");
  reply.durations.decode = event.milliseconds("timings/predicted_ms");
  reply.cached_tokens = event.count("timings/cache_n");
  if (reply.durations.prompt && reply.durations.decode) {
    reply.durations.total = *reply.durations.prompt + *reply.durations.decode;
  }
}

LlmError error_in(const Json& event, const Service& service) {
  const Json error = event.at("error").value_or(event);
  const std::string message = error.text();
  return error_in_stream(service, error.text("type") + " " + error.text("code"),
                         message.empty() ? error.text("message") : message);
}

}  // namespace

LlmResult<void> OpenAiReply::feed(std::string_view type, std::string_view data) {
  if (data == "[DONE]") return {};
  const auto event = Json::parse(data);
  if (!event || !event->is_object()) return tl::unexpected(error_of_stranger(service_, "a broken event"));
  if (type == "error" || event->has("error")) return tl::unexpected(error_in(*event, service_));
  if (reply_.model.empty()) reply_.model = event->text("model");
  for (const auto* part : {"choices/0/delta", "choices/0/message"}) {
    if (const auto message = event->at(part)) read_message(*message, reply_);
  }
  const std::string reason = event->text("choices/0/finish_reason");
  if (!reason.empty() && reply_.finish != Finish::refusal) {
    reply_.finish = openai_finish(reason);
    reply_.finish_name = reason;
  }
  read_usage(*event, reply_);
  read_timings(*event, reply_);
  return {};
}

}  // namespace diktate
