#include "app/take_json.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "base/json_text.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

// Three decimals: a microsecond in a value in ms, a millisecond in a value in s.
double rounded(double value) { return std::round(value * 1000) / 1000; }

double milliseconds(Nanoseconds duration) { return rounded(static_cast<double>(duration.count()) / 1e6); }

bool is_delivered(const Take& take) {
  return take.outcome == Outcome::delivered || take.outcome == Outcome::delivered_fallback;
}

Json segments_json(const Take& take) {
  Json segments = Json::array();
  for (const Piece& piece : take.pieces) {
    segments.push_back({{"start_s", rounded(seconds(piece.start))},
                        {"end_s", rounded(seconds(piece.end))},
                        {"text", piece.text}});
  }
  return segments;
}

Json span_json(const Span& span, Instant key_down) {
  return {{"name", to_string(span.name)},
          {"index", span.index},
          {"parent", span.parent ? Json(*span.parent) : Json(nullptr)},
          {"thread", span.thread},
          {"start_ms", milliseconds(span.start - key_down)},
          {"duration_ms", milliseconds(span.end - span.start)},
          {"cold", span.cold}};
}

Json all_spans_json(const Take& take) {
  Json spans = Json::array();
  for (const Span& span : take.spans) spans.push_back(span_json(span, take.key_down));
  return spans;
}

Json take_json(const Take& take, const TakeContext& context) {
  Json json = {{"file", context.file},
               {"audio_s", rounded(seconds(take.heard))},
               {"outcome", to_string(take.outcome)},
               {"text", is_delivered(take) ? take.text : ""},
               {"raw_text", take.raw_text},
               {"engine", context.engine},
               {"segments", segments_json(take)},
               {"spans", all_spans_json(take)},
               {"warnings", take.warnings}};
  for (const auto& warning : context.warnings) json["warnings"].push_back(warning);
  if (!take.cause.empty()) json["cause"] = take.cause;
  return json;
}

}  // namespace

std::string transcription_json(const Take& take, const TakeContext& context) {
  return json_text(take_json(take, context));
}

std::string dictation_json(const Take& take, const TakeContext& context) {
  Json json = take_json(take, context);
  json["clean_text"] = take.clean_text;
  json["stop_to_text_ms"] =
      is_delivered(take) ? Json(milliseconds(take.delivered - take.key_up)) : Json(nullptr);
  json["sequential"] = context.sequential;
  json["processor"] = take.processor.empty() ? Json(nullptr) : Json(take.processor);
  json["notes"] = take.notes;
  return json_text(json);
}

std::string spans_json(const Take& take) { return json_text(all_spans_json(take)); }

Take failed_take(const Error& error) {
  Take take;
  take.cause = error.message;
  take.broken = true;
  return take;
}

}  // namespace diktate
