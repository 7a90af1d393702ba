#include "daemon/take_report.h"

#include <array>
#include <cmath>
#include <ctime>

#include <nlohmann/json.hpp>

#include "base/json_text.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

double rounded(double value) { return std::round(value * 1000) / 1000; }

std::string_view receipt_name(Receipt receipt) { return kReceiptNames.at(static_cast<std::size_t>(receipt)); }

void add_insertion(Json& json, const std::optional<Insertion>& insertion) {
  json["insert_method"] = insertion ? Json(insertion->method) : Json();
  json["receipt"] = insertion ? Json(receipt_name(insertion->receipt)) : Json();
  json["held"] = insertion && insertion->held;
  json["insert_note"] = insertion ? or_null<Json>(insertion->note) : Json();
}

Json stop_to_text(const Take& take) {
  if (take.outcome != Outcome::delivered && take.outcome != Outcome::delivered_fallback) return {};
  return rounded(static_cast<double>((take.delivered - take.key_up).count()) / 1e6);
}

}  // namespace

std::string report_json(const TakeReport& report) {
  const Take& take = report.result;
  const bool thrown_away = take.outcome == Outcome::cancelled;
  Json json = {{"take", report.take},
               {"began", report.began},
               {"profile", report.profile},
               {"outcome", to_string(take.outcome)},
               {"clean_text", thrown_away ? "" : take.text},
               {"raw_text", thrown_away ? "" : take.raw_text},
               {"stop_to_text_ms", stop_to_text(take)}};
  add_insertion(json, report.insertion);
  json["late_text"] = report.late ? Json(report.late->text) : Json();
  json["target"] = or_null<Json>(report.target);
  json["audio_s"] = rounded(seconds(take.heard));
  json["processor"] = or_null<Json>(take.processor);
  json["cause"] = or_null<Json>(take.cause);
  json["notes"] = take.notes;
  json["warnings"] = take.warnings;
  return json_text(json);
}

std::string piece_json(TakeNumber take, const Piece& piece, bool final) {
  return json_text(Json{{"take", take}, {"index", piece.index}, {"final", final}, {"text", piece.text}});
}

std::string late_json(TakeNumber take, const LateText& late) {
  return json_text(Json{{"take", take}, {"text", late.text}, {"processor", late.by}});
}

std::string insertion_json(TakeNumber take, const std::string& text, const Insertion& insertion) {
  Json json = {{"take", take}, {"text", text}};
  add_insertion(json, insertion);
  return json_text(json);
}

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text.data(), size};
}

}  // namespace diktate
