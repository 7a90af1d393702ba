#include "llm/ollama_api.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <utility>

namespace diktate {
namespace {

using SystemTime = std::chrono::system_clock::time_point;

bool lists(const Json& json, std::string_view capability) {
  const auto all = json.items("capabilities");
  return std::any_of(all.begin(), all.end(), [&](const Json& one) { return one.text() == capability; });
}

// "+01:00" and "-0730" in minutes; Z and nothing are 0.
int offset_minutes(std::string_view zone) {
  if (zone.size() < 6 || (zone[0] != '+' && zone[0] != '-')) return 0;
  int hours = 0;
  int minutes = 0;
  std::from_chars(zone.data() + 1, zone.data() + 3, hours);
  std::from_chars(zone.data() + 4, zone.data() + 6, minutes);
  return (zone[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

bool same_model(std::string_view a, std::string_view b) {
  const auto base = [](std::string_view name) {
    return name.ends_with(":latest") ? name.substr(0, name.size() - 7) : name;
  };
  return base(a) == base(b);
}

}  // namespace

std::optional<SystemTime> parse_time(std::string_view text) {
  using std::chrono::seconds;
  constexpr std::size_t kWithoutFraction = 19;
  int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0;
  const std::string head(text.substr(0, kWithoutFraction));
  if (std::sscanf(head.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d", &y, &mo, &d, &h, &mi, &s) != 6)
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(y), std::chrono::month(static_cast<unsigned>(mo)),
                                         std::chrono::day(static_cast<unsigned>(d))};
  if (!date.ok() || y < 1970) return std::nullopt;
  const std::size_t zone = text.find_first_of("Z+-", kWithoutFraction);
  // In seconds first: system_clock counts nanoseconds, and has none left after 2262.
  const auto at =
      std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(h) + std::chrono::minutes(mi) +
      seconds(s) -
      std::chrono::minutes(zone == std::string_view::npos ? 0 : offset_minutes(text.substr(zone)));
  const auto last = std::chrono::duration_cast<seconds>(SystemTime::max().time_since_epoch());
  return SystemTime(std::min<seconds>(at, last));
}

std::vector<OllamaModel> models_in(const Json& ps_or_tags) {
  std::vector<OllamaModel> models;
  for (const Json& row : ps_or_tags.items("models")) {
    OllamaModel model;
    model.name = row.text("name").empty() ? row.text("model") : row.text("name");
    model.remote_host = row.text("remote_host");
    model.completes = row.items("capabilities").empty() || lists(row, "completion");
    model.context = row.count("context_length");
    model.size = row.count("size");
    model.size_vram = row.count("size_vram");
    model.expires = parse_time(row.text("expires_at"));
    if (!model.name.empty()) models.push_back(std::move(model));
  }
  return models;
}

OllamaFacts facts_in(const Json& show, std::string name) {
  OllamaFacts facts{std::move(name), show.text("remote_host"), lists(show, "thinking"), std::nullopt};
  const auto info = show.at("model_info");
  if (info) facts.most_context = info->count(info->text("general.architecture") + ".context_length");
  return facts;
}

const OllamaModel* find_model(const std::vector<OllamaModel>& models, std::string_view name) {
  const auto found = std::find_if(models.begin(), models.end(),
                                  [&](const OllamaModel& model) { return same_model(model.name, name); });
  return found == models.end() ? nullptr : &*found;
}

std::int64_t keep_alive_seconds(std::int64_t wanted, const OllamaModel* loaded, SystemTime now) {
  constexpr std::int64_t kForEver = -1;
  if (wanted < 0) return kForEver;
  if (loaded == nullptr || !loaded->expires || *loaded->expires <= now) return wanted;
  const auto left = std::chrono::ceil<std::chrono::seconds>(*loaded->expires - now);
  return left > std::chrono::hours(24 * 365) ? kForEver : std::max<std::int64_t>(wanted, left.count());
}

}  // namespace diktate
