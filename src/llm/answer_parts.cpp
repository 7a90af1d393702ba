#include "llm/answer_parts.h"

#include <algorithm>

namespace diktate {
namespace {

Nanoseconds connect_time(const HttpTimings& http) { return http.lookup + http.connect + http.tls; }

}  // namespace

Nanoseconds prompt_time(const LlmAnswer& answer) {
  const auto said = answer.reply.durations.prompt;
  return said ? *said : answer.http.first_byte - connect_time(answer.http);
}

Nanoseconds decode_time(const LlmAnswer& answer) {
  const auto said = answer.reply.durations.decode;
  return said ? *said : answer.http.total - answer.http.first_byte;
}

std::vector<ProcessedPart> parts_of(const LlmAnswer& answer) {
  const LlmDurations& server = answer.reply.durations;
  const Nanoseconds connect = connect_time(answer.http);
  std::vector<ProcessedPart> parts;
  const auto add = [&](SpanName name, Nanoseconds duration) {
    if (duration > Nanoseconds(0)) parts.push_back({name, duration});
  };
  add(SpanName::connect, connect);
  add(SpanName::queue, server.queue.value_or(Nanoseconds(0)));
  add(SpanName::load, server.load.value_or(Nanoseconds(0)));
  add(SpanName::prompt, prompt_time(answer));
  add(SpanName::decode, decode_time(answer));
  // The gap of a first request holds its connecting, which has a part of its own.
  add(SpanName::gap, gap(answer.reply, answer.http.total).value_or(Nanoseconds(0)) - connect);
  return parts;
}

}  // namespace diktate
