#include "text/alignment.h"

#include <string>

#include <gtest/gtest.h>

#include "text/token.h"

namespace diktate {
namespace {

class AlignmentTest : public ::testing::Test {
 protected:
  Alignment aligned(std::string_view said, std::string_view got) const {
    Keys keys;
    const CompareWords said_words = compare_words(tokenise(said, *english_), *english_, keys);
    const CompareWords got_words = compare_words(tokenise(got, *english_), *english_, keys);
    return align(said_words, got_words, *english_, keys);
  }

  // How many words of both are unmatched, ".": none of either.
  std::size_t unmatched(std::string_view said, std::string_view got) const {
    const Alignment alignment = aligned(said, got);
    std::size_t count = 0;
    for (const auto& side : {alignment.said, alignment.got}) {
      for (const std::size_t match : side) count += match == kUnmatched ? 1 : 0;
    }
    return count;
  }

  void expect_same(std::string_view said, std::string_view got) const {
    EXPECT_EQ(unmatched(said, got), 0U) << said << " / " << got;
  }
  void expect_other(std::string_view said, std::string_view got) const {
    EXPECT_GT(unmatched(said, got), 0U) << said << " / " << got;
  }

  const std::shared_ptr<const Language> english_ = built_in_language("en").value();
};

TEST_F(AlignmentTest, ForgivesCaseMarksAndAccents) {
  expect_same("hello world how are you", "Hello, world! How are you?");
  expect_same("the cafe", "The café");
}

TEST_F(AlignmentTest, ReadsNumbersHoweverTheyAreWritten) {
  expect_same("twenty five", "25");
  expect_same("nineteen ninety eight", "1998");
  expect_same("the nineteen seventies", "The 1970s");
  expect_same("twelve hundred", "1,200");
  expect_same("three million", "3,000,000");
  expect_same("two point five million", "2.5 million");
  expect_same("two and a half million", "2,500,000");
  expect_same("half past five", "5:30");
  expect_same("quarter to six", "5:45");
  expect_same("march twenty first", "March 21st");
  expect_same("eight hundred five five five oh one two three", "800-555-0123");
  expect_other("twenty five", "52");
  expect_other("two thousand", "20,000");
}

TEST_F(AlignmentTest, ForgivesContractionsSpellingsFormsAndSmallSlips) {
  expect_same("don't", "do not");
  expect_same("i'm gonna go", "I am going to go");
  expect_same("the colour of the centre", "The color of the center");
  expect_same("he go home", "He went home");
  expect_same("whose it", "Who it");
  expect_same("we plan to organise it", "We planned to organize it");
  expect_same("wi fi", "WiFi");
  expect_same("the c s v file", "The CSV file");
  expect_same("in the u s today", "In the U.S. today");
}

TEST_F(AlignmentTest, TakesNothingForTheSameThatMeansAnotherThing) {
  expect_other("on tuesday", "On Thursday");
  expect_other("ask hannah", "Ask Anna");
  expect_other("the north side", "The south side");
  expect_other("i can", "I cannot");
  expect_other("before", "Before noon");
}

TEST_F(AlignmentTest, AlignsLongTextsAroundWhatChanged) {
  std::string said;
  std::string got;
  for (int i = 0; i < 5000; ++i) {
    const std::string word = "w" + std::to_string(i % 700) + "x";
    said += word + " ";
    got += (i % 100 == 50 ? "changed" : word) + " ";
  }
  const Alignment alignment = aligned(said, got);
  std::size_t matched = 0;
  for (const std::size_t match : alignment.said) matched += match != kUnmatched ? 1 : 0;
  EXPECT_GT(matched, alignment.said.size() * 9 / 10);
}

}  // namespace
}  // namespace diktate
