#include "app/history_json.h"

#include <array>
#include <cmath>
#include <ctime>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "core/values.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

std::string formatted(const std::tm& time, const char* format) {
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), format, &time)};
}

}  // namespace

std::string history_json(const HistoryRow& row) {
  const Json spans = Json::parse(row.timings, nullptr, false);
  return json_text(Json{{"id", row.id},
                        {"started", format_time(row.started_ms)},
                        {"audio_s", static_cast<double>(row.audio_ms) / 1000},
                        {"outcome", row.outcome},
                        {"cause", or_null<Json>(row.cause)},
                        {"stop_to_text_ms", or_null<Json>(row.stop_to_text_ms)},
                        {"clean_text", or_null<Json>(row.clean_text)},
                        {"raw_text", or_null<Json>(row.raw_text)},
                        {"insert_method", or_null<Json>(row.insert_method)},
                        {"receipt", or_null<Json>(row.receipt)},
                        {"engine", or_null<Json>(row.engine)},
                        {"profile", or_null<Json>(row.profile)},
                        {"processor", or_null<Json>(row.processor)},
                        {"audio", or_null<Json>(row.audio.string())},
                        {"spans", spans.is_array() ? spans : Json::array()}});
}

std::string unfinished_json(const TakeState& take) {
  return json_text(Json{{"id", take.id},
                        {"started", format_time(take.notes.started_ms)},
                        {"audio_s", std::round(seconds(take.samples) * 1000) / 1000},
                        {"stage", stage_of(take)},
                        {"in_use", take.in_use}});
}

std::string_view stage_of(const TakeState& take) {
  if (take.notes.clean_text) return "clean_text";
  return take.notes.raw_text ? "raw_text" : "audio";
}

std::string format_time(std::int64_t unix_ms) {
  const std::time_t seconds = unix_ms / 1000;
  std::tm time{};
  ::gmtime_r(&seconds, &time);
  return fmt::format("{}.{:03}Z", formatted(time, "%Y-%m-%dT%H:%M:%S"), unix_ms % 1000);
}

std::string format_local_time(std::int64_t unix_ms) {
  const std::time_t seconds = unix_ms / 1000;
  std::tm time{};
  ::localtime_r(&seconds, &time);
  return formatted(time, "%Y-%m-%d %H:%M");
}

}  // namespace diktate
