#include "app/take_json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/take_fixture.h"

namespace diktate {
namespace {

using nlohmann::json;

std::vector<std::string> keys(const nlohmann::ordered_json& object) {
  std::vector<std::string> names;
  for (const auto& [key, value] : object.items()) names.push_back(key);
  return names;
}

const TakeContext kContext{"talk.wav", "moonshine-base", {}, false};

TEST(TakeJson, NamesTheFieldsOfATranscription) {
  const auto object = nlohmann::ordered_json::parse(transcription_json(two_piece_take(), kContext));
  EXPECT_EQ(keys(object), (std::vector<std::string>{"file", "audio_s", "outcome", "text", "raw_text",
                                                    "engine", "segments", "spans", "warnings"}));
  EXPECT_EQ(object["file"], "talk.wav");
  EXPECT_EQ(object["audio_s"], 11.0);
  EXPECT_EQ(object["outcome"], "delivered");
  EXPECT_EQ(object["engine"], "moonshine-base");
  EXPECT_EQ(object["segments"][1],
            (nlohmann::ordered_json{{"start_s", 8.0}, {"end_s", 11.0}, {"text", "Ask not."}}));
}

TEST(TakeJson, AddsTheFieldsOfADictation) {
  auto context = kContext;
  context.sequential = true;
  const auto object = nlohmann::ordered_json::parse(dictation_json(two_piece_take(), context));
  EXPECT_EQ(keys(object), (std::vector<std::string>{"file", "audio_s", "outcome", "text", "raw_text",
                                                    "engine", "segments", "spans", "warnings", "clean_text",
                                                    "stop_to_text_ms", "sequential", "processor", "notes"}));
  EXPECT_EQ(object["stop_to_text_ms"], 84.0);
  EXPECT_EQ(object["sequential"], true);
}

TEST(TakeJson, CountsSpansFromKeyDownAndNamesTheirParents) {
  const auto object = json::parse(transcription_json(two_piece_take(), kContext));
  EXPECT_EQ(object["spans"][1], (json{{"name", "prepare"},
                                      {"index", 0},
                                      {"parent", nullptr},
                                      {"thread", "recognise"},
                                      {"start_ms", 1.0},
                                      {"duration_ms", 559.0},
                                      {"cold", true}}));
  const auto& queue = object["spans"][6];
  EXPECT_EQ(queue["name"], "queue");
  EXPECT_EQ(object["spans"][queue["parent"].get<std::size_t>()]["name"], "recognise");
}

TEST(TakeJson, RoundsTimesToTheMicrosecond) {
  Take take;
  take.key_down = at_ms(0);
  add_span(take, SpanName::hear, 0, "main", 0.1234567, 1.9999999);
  const auto span = json::parse(transcription_json(take, kContext))["spans"][0];
  EXPECT_EQ(span["start_ms"].dump(), "0.123");
  EXPECT_EQ(span["duration_ms"].dump(), "1.877");
}

TEST(TakeJson, GivesTheDeliveredTextAsTextEvenIfThatIsTheRawOne) {
  Take take = two_piece_take();
  take.raw_text = take.text = "ask not .";
  take.clean_text = "Ask not.";
  const auto object = json::parse(dictation_json(take, kContext));
  EXPECT_EQ(object["text"], "ask not .");
  EXPECT_EQ(object["clean_text"], "Ask not.");
}

TEST(TakeJson, HasNoTextAndNoStopToTextWhereNothingWasDelivered) {
  Take take = two_piece_take();
  take.outcome = Outcome::cancelled;
  const auto object = json::parse(dictation_json(take, kContext));
  EXPECT_EQ(object["text"], "");
  EXPECT_TRUE(object["stop_to_text_ms"].is_null());
}

TEST(TakeJson, SaysWhyATakeFailedAndKeepsEveryField) {
  const Take take = failed_take({ErrorKind::invalid, "talk.wav holds no audio"});
  const auto object = json::parse(transcription_json(take, kContext));
  EXPECT_EQ(object["outcome"], "failed");
  EXPECT_EQ(object["cause"], "talk.wav holds no audio");
  EXPECT_EQ(object["audio_s"], 0.0);
  EXPECT_EQ(object["segments"], json::array());
  EXPECT_EQ(object["spans"], json::array());
}

TEST(TakeJson, JoinsTheWarningsOfTheTakeAndOfItsSurroundings) {
  Take take = two_piece_take();
  take.warnings = {"the file ends early"};
  auto context = kContext;
  context.warnings = {"the cache cannot be written"};
  const auto object = json::parse(transcription_json(take, context));
  EXPECT_EQ(object["warnings"], (json{"the file ends early", "the cache cannot be written"}));
}

TEST(TakeJson, IsOneLineThatParsesWhateverTheBytes) {
  Take take = two_piece_take();
  take.text = "broken \xFF\xC3 and\nlined";
  auto context = kContext;
  context.file = "\x80.wav";
  const std::string line = transcription_json(take, context);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_EQ(json::parse(line)["text"], "broken \xEF\xBF\xBD\xEF\xBF\xBD and\nlined");
}

}  // namespace
}  // namespace diktate
