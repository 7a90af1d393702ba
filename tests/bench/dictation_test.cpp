#include "bench/dictation.h"

#include <sstream>

#include <gtest/gtest.h>

namespace diktate::bench {
namespace {

std::size_t count_words(const std::string& text) {
  std::istringstream stream(text);
  std::size_t words = 0;
  for (std::string word; stream >> word;) ++words;
  return words;
}

TEST(DictationTest, HasAsManyWordsAsAsked) {
  for (const std::size_t words : {0U, 1U, 7U, 50U, 1000U}) {
    for (unsigned seed = 0; seed < 20; ++seed) EXPECT_EQ(count_words(dictation(words, seed)), words);
  }
}

TEST(DictationTest, IsTheSameForTheSameSeedAndDiffersForOthers) {
  EXPECT_EQ(dictation(50, 3), dictation(50, 3));
  EXPECT_NE(dictation(50, 3), dictation(50, 4));
}

TEST(DictationTest, LeavesNoSlotOpen) {
  EXPECT_EQ(dictation(5000, 1).find_first_of("<>"), std::string::npos);
  EXPECT_EQ(dictation(5000, 1).find("  "), std::string::npos);
}

}  // namespace
}  // namespace diktate::bench
