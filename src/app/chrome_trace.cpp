#include "app/chrome_trace.h"

#include <cstddef>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/trace_tracks.h"
#include "base/json_text.h"

namespace diktate {
namespace {

using Json = nlohmann::ordered_json;

double microseconds(Nanoseconds duration) { return static_cast<double>(duration.count()) / 1e3; }

Json name_event(const char* what, std::size_t process, std::size_t track, const std::string& name) {
  return {{"ph", "M"}, {"name", what}, {"pid", process}, {"tid", track}, {"args", {{"name", name}}}};
}

// Viewers sort tracks by name unless told otherwise.
Json order_event(std::size_t process, std::size_t track) {
  return {{"ph", "M"},
          {"name", "thread_sort_index"},
          {"pid", process},
          {"tid", track},
          {"args", {{"sort_index", track}}}};
}

Json span_event(const Span& span, Instant origin, std::size_t process, std::size_t track) {
  return {{"ph", "X"},
          {"name", to_string(span.name)},
          {"cat", span.cold ? "cold" : "warm"},
          {"ts", microseconds(span.start - origin)},
          {"dur", microseconds(span.end - span.start)},
          {"pid", process},
          {"tid", track},
          {"args", {{"index", span.index}, {"cold", span.cold}}}};
}

// Numbers of processes and tracks start at 1: viewers take 0 for the idle process.
void append_take(const TracedTake& traced, Instant origin, std::size_t process, Json& events) {
  const std::vector<Span>& spans = traced.take->spans;
  const TrackLayout layout = lay_out(spans);
  events.push_back(name_event("process_name", process, 0, traced.name));
  for (std::size_t track = 0; track < layout.names.size(); ++track) {
    events.push_back(name_event("thread_name", process, track + 1, layout.names[track]));
    events.push_back(order_event(process, track + 1));
  }
  for (std::size_t i = 0; i < spans.size(); ++i) {
    events.push_back(span_event(spans[i], origin, process, layout.track[i] + 1));
  }
}

}  // namespace

std::string chrome_trace(std::span<const TracedTake> takes) {
  Json events = Json::array();
  std::size_t process = 0;
  for (const TracedTake& traced : takes) {
    append_take(traced, takes.front().take->key_down, ++process, events);
  }
  const Json trace = {{"traceEvents", events}, {"displayTimeUnit", "ms"}};
  return json_text(trace) + "\n";
}

}  // namespace diktate
