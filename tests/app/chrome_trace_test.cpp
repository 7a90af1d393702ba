#include "app/chrome_trace.h"

#include <cmath>
#include <map>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/take_fixture.h"
#include "app/trace_tracks.h"

namespace diktate {
namespace {

using nlohmann::json;

json trace_of(const Take& take) {
  return json::parse(chrome_trace(std::vector<TracedTake>{{"talk.wav", &take}}))["traceEvents"];
}

json of_phase(const json& events, const std::string& phase) {
  json found = json::array();
  for (const auto& event : events) {
    if (event["ph"] == phase) found.push_back(event);
  }
  return found;
}

std::map<int, std::string> track_names(const json& events) {
  std::map<int, std::string> names;
  for (const auto& event : of_phase(events, "M")) {
    if (event["name"] == "thread_name") names[event["tid"]] = event["args"]["name"];
  }
  return names;
}

std::int64_t ns(const json& microseconds) { return std::llround(microseconds.get<double>() * 1000); }

bool crossing(const json& a, const json& b) {
  const auto [a0, a1] = std::pair(ns(a["ts"]), ns(a["ts"]) + ns(a["dur"]));
  const auto [b0, b1] = std::pair(ns(b["ts"]), ns(b["ts"]) + ns(b["dur"]));
  const bool apart = a1 <= b0 || b1 <= a0;
  return !apart && !(a0 <= b0 && b1 <= a1) && !(b0 <= a0 && a1 <= b1);
}

void expect_nesting(const json& events) {
  const json spans = of_phase(events, "X");
  for (const auto& a : spans) {
    for (const auto& b : spans) {
      const bool same_track = a["pid"] == b["pid"] && a["tid"] == b["tid"];
      EXPECT_FALSE(same_track && crossing(a, b)) << a << "\n" << b;
    }
  }
}

TEST(ChromeTrace, HasACompleteEventForEverySpan) {
  const Take take = two_piece_take();
  const json spans = of_phase(trace_of(take), "X");
  ASSERT_EQ(spans.size(), take.spans.size());
  for (const auto& event : spans) {
    for (const char* field : {"name", "ts", "dur", "pid", "tid", "args"})
      EXPECT_TRUE(event.contains(field)) << field;
  }
  EXPECT_EQ(spans[1]["name"], "prepare");
  EXPECT_EQ(spans[1]["ts"], 1000.0);
  EXPECT_EQ(spans[1]["dur"], 559000.0);
  EXPECT_EQ(spans[1]["args"], (json{{"index", 0}, {"cold", true}}));
}

TEST(ChromeTrace, NamesEveryTrackAfterItsThread) {
  const json events = trace_of(two_piece_take());
  const auto names = track_names(events);
  for (const auto& event : of_phase(events, "X")) EXPECT_TRUE(names.contains(event["tid"].get<int>()));
  EXPECT_EQ(names.at(1), "main");
  EXPECT_EQ(names.at(2), "recognise");
}

TEST(ChromeTrace, NestsTheEventsOfEveryTrack) { expect_nesting(trace_of(two_piece_take())); }

TEST(ChromeTrace, PutsAllSegmentsOnATrackOfTheirOwnWhenSomeOverlap) {
  const json events = trace_of(two_piece_take());
  const auto names = track_names(events);
  std::vector<std::string> tracks;
  for (const auto& event : of_phase(events, "X")) {
    if (event["name"] == "segment") tracks.push_back(names.at(event["tid"]));
  }
  EXPECT_EQ(tracks, (std::vector<std::string>{"main: segment", "main: segment 2"}));
}

TEST(ChromeTrace, KeepsTheStepsOfADecodeWithIt) {
  Take take;
  take.key_down = at_ms(0);
  add_decode(take, 0, 100, 110, 400);
  add_decode(take, 1, 200, 400, 600);  // waits while the first is decoded
  const auto layout = lay_out(take.spans);
  EXPECT_EQ(layout.track[0], layout.track[2]);
  EXPECT_EQ(layout.track[3], layout.track[4]);
  EXPECT_EQ(layout.track[3], layout.track[5]);
  EXPECT_NE(layout.track[0], layout.track[3]);
  expect_nesting(trace_of(take));
}

TEST(ChromeTrace, NestsWhateverSpansThereAre) {
  std::uint32_t state = 7;
  const auto random = [&state](std::uint32_t limit) {
    return (state = state * 1664525U + 1013904223U) / 65536U % limit;
  };
  for (int round = 0; round < 100; ++round) {
    Take take;
    take.key_down = at_ms(0);
    for (int i = 0; i < 30; ++i) {
      const double start = random(100);
      const std::optional<std::size_t> parent =
          i > 0 && random(2) == 0 ? std::optional<std::size_t>(random(static_cast<std::uint32_t>(i)))
                                  : std::nullopt;
      add_span(take, static_cast<SpanName>(random(14)), 0, random(2) == 0 ? "a" : "b", start,
               start + random(40), parent);
    }
    expect_nesting(trace_of(take));
  }
}

TEST(ChromeTrace, GivesEveryTakeAProcessOfItsName) {
  const Take take = two_piece_take();
  const auto events =
      json::parse(chrome_trace(std::vector<TracedTake>{{"a.wav", &take}, {"b.wav", &take}}))["traceEvents"];
  std::map<int, std::string> processes;
  for (const auto& event : of_phase(events, "M")) {
    if (event["name"] == "process_name") processes[event["pid"]] = event["args"]["name"];
  }
  EXPECT_EQ(processes, (std::map<int, std::string>{{1, "a.wav"}, {2, "b.wav"}}));
}

TEST(ChromeTrace, IsValidWithoutAnyTake) {
  EXPECT_EQ(json::parse(chrome_trace({}))["traceEvents"], json::array());
}

}  // namespace
}  // namespace diktate
