#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "app/format.h"
#include "app/json_values.h"
#include "app/llm_report.h"
#include "llm/answer_parts.h"
#include "llm/prompts.h"

namespace diktate {
namespace {

// The kind of sentence that people dictate.
constexpr std::string_view kSentence =
    "um so the meeting is on Wednesday at 5:30 p.m. and please send the invoice to Anna before the end of "
    "the week";

using Json = nlohmann::ordered_json;

Nanoseconds percentile(std::vector<Nanoseconds> values, double share) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

// Of the warm ones.
template <class Of>
std::vector<Nanoseconds> warm_values(const Measured& measured, Of of) {
  std::vector<Nanoseconds> values;
  for (std::size_t i = 1; i < measured.answers.size(); ++i) {
    if (const std::optional<Nanoseconds> value = of(measured.answers[i])) values.push_back(*value);
  }
  return values;
}

std::optional<double> tokens_per_second(const Measured& measured) {
  double tokens = 0;
  Nanoseconds time{};
  for (const LlmAnswer& answer : measured.answers) {
    if (!answer.reply.answer_tokens) return std::nullopt;
    tokens += static_cast<double>(*answer.reply.answer_tokens);
    time += decode_time(answer);
  }
  if (time <= Nanoseconds(0)) return std::nullopt;
  return std::round(tokens * 1e10 / static_cast<double>(time.count())) / 10;
}

Json to_json(const LlmAnswer& answer) {
  Json json = {{"total_ms", to_ms(answer.http.total)},
               {"first_byte_ms", to_ms(answer.http.first_byte)},
               {"reused", answer.http.reused},
               {"attempts", answer.http.attempts},
               {"parts", Json::array()}};
  for (const ProcessedPart& part : parts_of(answer))
    json["parts"].push_back({{"name", to_string(part.name)}, {"duration_ms", to_ms(part.duration)}});
  return json;
}

struct Summary {
  std::vector<Nanoseconds> total, first_byte, gap;
  explicit Summary(const Measured& measured)
      : total(
            warm_values(measured, [](const LlmAnswer& answer) { return std::optional(answer.http.total); })),
        first_byte(warm_values(
            measured, [](const LlmAnswer& answer) { return std::optional(answer.http.first_byte); })),
        gap(warm_values(measured, [](const LlmAnswer& answer) {
          return diktate::gap(answer.reply, answer.http.total);
        })) {}
};

Json percentiles(const std::vector<Nanoseconds>& values) {
  if (values.empty()) return nullptr;
  return {{"p50", to_ms(percentile(values, 0.5))}, {"p95", to_ms(percentile(values, 0.95))}};
}

std::string to_line(std::string_view name, const std::vector<Nanoseconds>& values) {
  if (values.empty()) return fmt::format("  {:<12} the server does not say\n", name);
  return fmt::format("  {:<12} p50 {}, p95 {}\n", name, format_duration(percentile(values, 0.5)),
                     format_duration(percentile(values, 0.95)));
}

}  // namespace

Measured measure(const Processor& processor, int warm_runs) {
  Measured measured;
  const Prompt prompt = make_prompt({}, {.said = kSentence});
  for (int i = 0; i <= warm_runs; ++i) {
    auto answer = processor.model->complete(
        {.prompt = prompt, .most_tokens = most_answer_tokens({}, {.said = kSentence})}, {});
    if (!answer) {
      measured.error = answer.error();
      break;
    }
    measured.answers.push_back(std::move(*answer));
  }
  return measured;
}

std::string to_json(const Processor& processor, const Measured& measured) {
  Json json = about<Json>(processor);
  if (measured.error) json["error"] = measured.error->message;
  if (measured.answers.empty()) return json_text(json);
  const Summary summary(measured);
  json["model"] = measured.answers.front().reply.model;
  json["tokens_per_s"] = or_null<Json>(tokens_per_second(measured));
  json["total_ms"] = percentiles(summary.total);
  json["first_byte_ms"] = percentiles(summary.first_byte);
  json["gap_ms"] = percentiles(summary.gap);
  json["cold"] = to_json(measured.answers.front());
  json["warm"] = Json::array();
  for (std::size_t i = 1; i < measured.answers.size(); ++i)
    json["warm"].push_back(to_json(measured.answers[i]));
  return json_text(json);
}

std::string to_text(const Processor& processor, const Measured& measured) {
  std::string text = heading(processor);
  if (measured.error) text += "  " + measured.error->message + "\n";
  if (measured.answers.empty()) return text;
  const Summary summary(measured);
  text += fmt::format("  cold         {}:", format_duration(measured.answers.front().http.total));
  for (const ProcessedPart& part : parts_of(measured.answers.front()))
    text += fmt::format(" {} {}", to_string(part.name), format_duration(part.duration));
  text += "\n" + to_line("warm", summary.total) + to_line("first byte", summary.first_byte) +
          to_line("gap", summary.gap);
  const auto rate = tokens_per_second(measured);
  return text + (rate ? fmt::format("  {:<12} {:.1f} tokens/s\n", "writing", *rate) : "");
}

}  // namespace diktate
