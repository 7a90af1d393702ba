#include "llm/anthropic_reply.h"

#include "llm/json.h"

namespace diktate {
namespace {

Finish anthropic_finish(const std::string& reason) {
  if (reason == "end_turn" || reason == "stop_sequence") return Finish::stop;
  if (reason == "max_tokens" || reason == "model_context_window_exceeded") return Finish::length;
  if (reason == "refusal") return Finish::refusal;
  return Finish::other;
}

void read_start(const Json& message, LlmReply& reply) {
  reply.model = message.text("model");
  reply.cached_tokens = message.count("usage/cache_read_input_tokens");
  reply.prompt_tokens = message.count("usage/input_tokens");
  // Anthropic counts apart what came from its cache or went there.
  const auto written = message.count("usage/cache_creation_input_tokens");
  if (reply.prompt_tokens) *reply.prompt_tokens += reply.cached_tokens.value_or(0) + written.value_or(0);
}

void read_delta(const Json& event, LlmReply& reply) {
  const std::string kind = event.text("delta/type");
  if (kind == "text_delta") reply.text += event.text("delta/text");
  if (kind == "thinking_delta") reply.thought = true;
}

void read_message_delta(const Json& event, LlmReply& reply) {
  if (const auto count = event.count("usage/output_tokens")) reply.answer_tokens = count;
  reply.finish_name = event.text("delta/stop_reason");
  if (!reply.finish_name.empty()) reply.finish = anthropic_finish(reply.finish_name);
}

// An answer that was not streamed.
void read_whole(const Json& message, LlmReply& reply) {
  read_start(message, reply);
  for (const Json& block : message.items("content")) {
    if (block.text("type") == "text") reply.text += block.text("text");
    if (block.text("type") == "thinking") reply.thought = true;
  }
  reply.answer_tokens = message.count("usage/output_tokens");
  reply.finish_name = message.text("stop_reason");
  reply.finish = anthropic_finish(reply.finish_name);
}

}  // namespace

LlmResult<void> AnthropicReply::feed(std::string_view /*type*/, std::string_view data) {
  const auto event = Json::parse(data);
  if (!event || !event->is_object()) return tl::unexpected(error_of_stranger(service_, "a broken event"));
  const std::string type = event->text("type");  // the same as the event's own
  if (type == "error") {
    return tl::unexpected(error_in_stream(service_, event->text("error/type"), event->text("error/message")));
  }
  if (type == "message_start") {
    if (const auto message = event->at("message")) read_start(*message, reply_);
  }
  if (type == "content_block_delta") read_delta(*event, reply_);
  if (type == "message_delta") read_message_delta(*event, reply_);
  if (type == "message") read_whole(*event, reply_);
  return {};
}

}  // namespace diktate
