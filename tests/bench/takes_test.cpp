#include "bench/takes.h"

#include <map>

#include <gtest/gtest.h>

#include "base/files.h"
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

class TakesOfTheSpeechFolder : public testing::Test {
 protected:
  void SetUp() override {
    const auto folder = speech_folder();
    if (!folder) DIKTATE_SKIP("DIKTATE_SPEECH_DIR is not set");
    const auto speech = open_speech_set(*folder);
    ASSERT_TRUE(speech) << speech.error().message;
    speech_ = *speech;
  }
  SpeechSet speech_;
};

TEST_F(TakesOfTheSpeechFolder, AreAboutAsLongAsTheirClassSaysAndHaveAReference) {
  for (const TakeRecipe& recipe : committed_takes()) {
    const auto take = make_take(recipe, speech_, KeyUp::tight);
    ASSERT_TRUE(take) << take.error().message;
    const double length = seconds(static_cast<std::int64_t>(take->samples.size()));
    EXPECT_GT(length, 0.7 * recipe.class_s) << recipe.name;
    EXPECT_LT(length, 1.25 * recipe.class_s) << recipe.name;
    EXPECT_TRUE(take->reference) << recipe.name;
  }
}

TEST_F(TakesOfTheSpeechFolder, AreReleased300MillisecondsAfterTheyAreTight) {
  const TakeRecipe recipe = committed_takes().at(0);
  const auto tight = make_take(recipe, speech_, KeyUp::tight);
  const auto released = make_take(recipe, speech_, KeyUp::released);
  ASSERT_TRUE(tight && released);
  ASSERT_EQ(released->samples.size(), tight->samples.size() + 4800);
  EXPECT_TRUE(std::equal(tight->samples.begin(), tight->samples.end(), released->samples.begin()));
}

TEST_F(TakesOfTheSpeechFolder, HaveNoReferenceWhenAPartIsCutOut) {
  const auto take = make_take({5, "cut", {{"jfk.wav", 1.0, 3.5}}}, speech_, KeyUp::released);
  ASSERT_TRUE(take) << take.error().message;
  EXPECT_FALSE(take->reference);
  EXPECT_LE(take->samples.size(), 2.5 * kSampleRate + 4800);
}

TEST_F(TakesOfTheSpeechFolder, FailWhenARecordingIsMissing) {
  const auto take = make_take({5, "none", {{"no-such.wav", 0.0, {}}}}, speech_, KeyUp::tight);
  ASSERT_FALSE(take);
  EXPECT_NE(take.error().message.find("no-such.wav"), std::string::npos);
}

}  // namespace
}  // namespace diktate::bench
