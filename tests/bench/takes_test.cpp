#include "bench/takes.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "base/files.h"
#include "bench/wav.h"
#include "skip.h"

namespace diktate::bench {
namespace {

std::vector<TakeRecipe> committed_takes() {
  const auto text = read_file(DIKTATE_TAKES);
  const auto takes = parse_takes(text.value_or(""));
  EXPECT_TRUE(takes) << takes.error().message;
  return takes.value_or(std::vector<TakeRecipe>{});
}

TEST(Takes, AreReadFromLinesOfClassNameAndParts) {
  const auto takes = parse_takes("# comment\n5\tone\ta.wav\n30\ttwo\tb.wav c.wav@1.5-20\n");
  ASSERT_TRUE(takes) << takes.error().message;
  ASSERT_EQ(takes->size(), 2U);
  EXPECT_EQ(takes->at(0).class_s, 5);
  EXPECT_TRUE(takes->at(0).parts.at(0).whole());
  EXPECT_EQ(takes->at(1).name, "two");
  EXPECT_EQ(takes->at(1).parts.at(1).file, "c.wav");
  EXPECT_DOUBLE_EQ(takes->at(1).parts.at(1).start_s, 1.5);
  EXPECT_DOUBLE_EQ(takes->at(1).parts.at(1).end_s.value_or(0), 20);
}

TEST(Takes, RefuseLinesThatAreWrong) {
  for (const char* line :
       {"5\tone", "x\tone\ta.wav", "5\tone\ta.wav@3", "5\tone\ta.wav@3-1", "5\tone\t", "5\tone\t@1-2"})
    EXPECT_FALSE(parse_takes(line)) << line;
}

TEST(Takes, AreEightOfEachLength) {
  std::map<int, int> per_class;
  for (const TakeRecipe& take : committed_takes()) ++per_class[take.class_s];
  EXPECT_EQ(per_class, (std::map<int, int>{{5, 8}, {15, 8}, {30, 8}, {60, 8}}));
}

// A second of a tone, then half a second of quiet.
Samples tone_and_quiet() {
  Samples samples(kSampleRate);
  for (std::size_t i = 0; i < samples.size(); ++i)
    samples[i] = 0.3F * static_cast<float>(std::sin(0.1 * static_cast<double>(i)));
  samples.resize(kSampleRate * 3 / 2);
  return samples;
}

class MakingATake : public testing::Test {
 protected:
  void SetUp() override {
    speech_.folder = std::filesystem::path(testing::TempDir()) /
                     (std::string("takes-") + testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(speech_.folder);
    for (const char* name : {"a.wav", "b.wav"}) {
      std::ofstream(speech_.folder / name, std::ios::binary)
          << wav_header(kSampleRate * 3 / 2) << wav_samples(tone_and_quiet());
      speech_.recordings.push_back({name, 1.5, "en", std::string("words of ") + name});
    }
  }
  void TearDown() override { std::filesystem::remove_all(speech_.folder); }

  SpeechSet speech_;
  const TakeRecipe both_{5, "both", {{"a.wav", 0.0, {}}, {"b.wav", 0.0, {}}}};
};

TEST_F(MakingATake, JoinsRecordingsAndCutsTheSilenceAfterTheLast) {
  const auto take = make_take(both_, speech_, KeyUp::tight);
  ASSERT_TRUE(take) << take.error().message;
  EXPECT_NEAR(seconds(static_cast<std::int64_t>(take->samples.size())), 1.5 + 0.35 + 1.0, 0.02);
  EXPECT_EQ(take->reference, "words of a.wav words of b.wav");
}

TEST_F(MakingATake, AddsRoomToneWhenTheKeyIsReleasedLater) {
  const auto tight = make_take(both_, speech_, KeyUp::tight);
  const auto released = make_take(both_, speech_, KeyUp::released);
  ASSERT_TRUE(tight && released);
  ASSERT_EQ(released->samples.size(), tight->samples.size() + 4800);
  EXPECT_TRUE(std::equal(tight->samples.begin(), tight->samples.end(), released->samples.begin()));
}

TEST_F(MakingATake, LeavesOutTheReferenceOfAPart) {
  const auto take = make_take({5, "part", {{"a.wav", 0.2, 0.7}}}, speech_, KeyUp::tight);
  ASSERT_TRUE(take) << take.error().message;
  EXPECT_FALSE(take->reference);
  EXPECT_EQ(take->samples.size(), 8000U);
}

TEST_F(MakingATake, FailsWhenARecordingIsMissingOrTooShort) {
  const auto missing = make_take({5, "none", {{"no-such.wav", 0.0, {}}}}, speech_, KeyUp::tight);
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("no-such.wav"), std::string::npos);
  EXPECT_FALSE(make_take({5, "beyond", {{"a.wav", 2.0, 3.0}}}, speech_, KeyUp::tight));
}

TEST(Takes, AreAboutAsLongAsTheirClassSaysAndHaveAReference) {
  const auto folder = speech_folder();
  if (!folder) DIKTATE_SKIP_WITHOUT_SPEECH("DIKTATE_SPEECH_DIR is not set");
  const auto speech = open_speech_set(*folder);
  ASSERT_TRUE(speech) << speech.error().message;
  for (const TakeRecipe& recipe : committed_takes()) {
    const auto take = make_take(recipe, *speech, KeyUp::tight);
    ASSERT_TRUE(take) << take.error().message;
    const double length = seconds(static_cast<std::int64_t>(take->samples.size()));
    EXPECT_GT(length, 0.7 * recipe.class_s) << recipe.name;
    EXPECT_LT(length, 1.25 * recipe.class_s) << recipe.name;
    EXPECT_TRUE(take->reference) << recipe.name;
  }
}

}  // namespace
}  // namespace diktate::bench
