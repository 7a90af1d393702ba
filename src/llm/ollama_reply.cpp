#include "llm/ollama_reply.h"

#include "llm/json.h"

namespace diktate {
namespace {

Finish ollama_finish(const std::string& reason) {
  if (reason.empty() || reason == "stop") return Finish::stop;  // servers before 0.1.38 give no reason
  if (reason == "length") return Finish::length;
  if (reason == "load" || reason == "unload") return Finish::load;
  return Finish::other;
}

// Any part may be missing: a reply that only loads the model has none.
void read_done(const Json& line, LlmReply& reply) {
  reply.finish_name = line.text("done_reason");
  reply.finish = ollama_finish(reply.finish_name);
  reply.prompt_tokens = line.count("prompt_eval_count");
  reply.answer_tokens = line.count("eval_count");
  reply.durations.load = line.nanoseconds("load_duration");
  reply.durations.prompt = line.nanoseconds("prompt_eval_duration");
  reply.durations.decode = line.nanoseconds("eval_duration");
  reply.durations.total = line.nanoseconds("total_duration");
  reply.durations.queue = queue_time(reply.durations);
}

}  // namespace

LlmResult<void> OllamaReply::feed(std::string_view /*type*/, std::string_view data) {
  if (reply_.finish != Finish::none) return {};
  const auto line = Json::parse(data);
  if (!line || !line->is_object()) return tl::unexpected(error_of_stranger(service_, "a broken line"));
  if (line->has("error")) {
    const std::string message = line->text("error");
    return tl::unexpected(
        error_in_stream(service_, "", message.empty() ? line->text("error/message") : message));
  }
  if (reply_.model.empty()) reply_.model = line->text("model");
  reply_.text += line->text("message/content") + line->text("response");
  if (!line->text("message/thinking").empty() || !line->text("thinking").empty()) reply_.thought = true;
  if (line->is_true("done")) read_done(*line, reply_);
  return {};
}

}  // namespace diktate
