#include "llm/reply.h"

#include <algorithm>

namespace diktate {
namespace {

std::string reason_against(const LlmReply& reply) {
  switch (reply.finish) {
    case Finish::length:
      return "its answer was cut at the limit of its length";
    case Finish::filter:
      return "a filter of the service stopped its answer (" + reply.finish_name + ")";
    case Finish::refusal:
      return "the model refused";
    case Finish::none:
      return "its answer broke off";
    case Finish::load:
    case Finish::other:
      return "its answer ended with '" + reply.finish_name + "'";
    case Finish::stop:
      break;
  }
  return is_blank(reply.text) ? "it answered nothing" : "";
}

}  // namespace

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

std::optional<Nanoseconds> queue_time(const LlmDurations& durations) {
  const auto& [load, prompt, decode, queue, total] = durations;
  if (!load || !prompt || !decode || !total) return std::nullopt;
  const Nanoseconds left = *total - *load - *prompt - *decode;
  if (left < Nanoseconds(0)) return std::nullopt;
  return left;
}

std::optional<Nanoseconds> gap(const LlmReply& reply, Nanoseconds wall) {
  if (!reply.durations.total || *reply.durations.total > wall) return std::nullopt;
  return wall - *reply.durations.total;
}

LlmResult<void> usable(const Service& service, const LlmReply& reply) {
  const std::string reason = reason_against(reply);
  if (reason.empty()) return {};
  const LlmFailure failure = reply.finish == Finish::none ? LlmFailure::down : LlmFailure::rejected;
  return llm_fail(failure, service.processor + " ('" + service.model + "') gave nothing to use: " +
                               presentable(service, reason) + "; the text stands as the rules left it");
}

}  // namespace diktate
