#include "app/history_json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace diktate {
namespace {

using nlohmann::json;

TEST(HistoryJson, HasNullForWhatIsNotKnown) {
  HistoryRow row;
  row.id = 7;
  row.started_ms = 1764364055123;
  row.audio_ms = 1500;
  row.outcome = "empty";
  const auto object = json::parse(history_json(row));
  EXPECT_EQ(object["id"], 7);
  EXPECT_EQ(object["started"], "2025-11-28T21:07:35.123Z");
  EXPECT_EQ(object["audio_s"], 1.5);
  for (const char* name : {"cause", "stop_to_text_ms", "clean_text", "raw_text", "insert_method", "receipt",
                           "engine", "profile", "processor", "audio"})
    EXPECT_TRUE(object.at(name).is_null()) << name;
  EXPECT_EQ(object["spans"], json::array());
}

TEST(HistoryJson, GivesTheRest) {
  HistoryRow row;
  row.stop_to_text_ms = 84.5;
  row.clean_text = "Hi \xFF";
  row.receipt = "target";
  row.timings = R"([{"name":"hear"}])";
  row.audio = "/somewhere/7.wav";
  const auto object = json::parse(history_json(row));
  EXPECT_EQ(object["stop_to_text_ms"], 84.5);
  EXPECT_EQ(object["clean_text"], "Hi \uFFFD");
  EXPECT_EQ(object["receipt"], "target");
  EXPECT_EQ(object["spans"][0]["name"], "hear");
  EXPECT_EQ(object["audio"], "/somewhere/7.wav");
}

TEST(UnfinishedJson, NamesTheStage) {
  TakeState take;
  take.id = 3;
  take.samples = 24000;
  EXPECT_EQ(json::parse(unfinished_json(take))["stage"], "audio");
  take.notes.raw_text = "um hello";
  EXPECT_EQ(json::parse(unfinished_json(take))["stage"], "raw_text");
  take.notes.clean_text = "Hello";
  take.in_use = true;
  const auto object = json::parse(unfinished_json(take));
  EXPECT_EQ(object["stage"], "clean_text");
  EXPECT_EQ(object["audio_s"], 1.5);
  EXPECT_EQ(object["in_use"], true);
}

}  // namespace
}  // namespace diktate
