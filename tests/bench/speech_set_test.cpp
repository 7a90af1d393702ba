#include "bench/speech_set.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace diktate::bench {
namespace {

class Manifest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              (std::string("manifest-") + testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  Result<SpeechSet> with(const std::string& text) {
    std::ofstream(folder_ / "manifest.tsv") << text;
    return open_speech_set(folder_);
  }
  std::filesystem::path folder_;
};

TEST_F(Manifest, IsReadByTheNamesOfItsColumns) {
  const auto set = with(
      "seconds\tfile\ttranscript\tlicence\tlanguage\n1.50\ta.wav\tsay \"yes\" "
      "twice\tMIT\ten\n2\tb.wav\tsí\tMIT\tes\n");
  ASSERT_TRUE(set) << set.error().message;
  ASSERT_EQ(set->recordings.size(), 2U);
  const Recording* recording = set->find("a.wav");
  ASSERT_NE(recording, nullptr);
  EXPECT_DOUBLE_EQ(recording->length_s, 1.5);
  EXPECT_EQ(recording->transcript, "say \"yes\" twice");
  EXPECT_EQ(set->in_language("es").size(), 1U);
  EXPECT_EQ(set->find("c.wav"), nullptr);
}

TEST_F(Manifest, IsRefusedWhenAColumnIsMissing) {
  const auto set = with("file\tseconds\tlanguage\na.wav\t1\ten\n");
  ASSERT_FALSE(set);
  EXPECT_NE(set.error().message.find("transcript"), std::string::npos);
}

TEST_F(Manifest, IsRefusedWhenARowIsMalformed) {
  const std::string head = "file\tseconds\tlanguage\ttranscript\n";
  EXPECT_FALSE(with(head + "a.wav\t1\ten\n"));
  EXPECT_FALSE(with(head + "a.wav\tlong\ten\tyes\n"));
  EXPECT_FALSE(with(""));
}

TEST_F(Manifest, IsMissedByName) {
  const auto set = open_speech_set(folder_);
  ASSERT_FALSE(set);
  EXPECT_NE(set.error().message.find("manifest.tsv"), std::string::npos);
}

}  // namespace
}  // namespace diktate::bench
