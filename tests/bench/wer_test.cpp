#include "bench/wer.h"

#include <gtest/gtest.h>

namespace diktate::bench {
namespace {

TEST(WordErrorRate, IsZeroForTheSameWordsWrittenOtherwise) {
  const WordErrors errors =
      score("mister hale paid twelve per cent at nine thirty", "Mr. Hale paid 12% at 9:30.");
  EXPECT_EQ(errors.words, 9);
  EXPECT_EQ(errors.errors(), 0);
}

TEST(WordErrorRate, TellsSubstitutionsDeletionsAndInsertionsApart) {
  const WordErrors errors = score("a b c d e f g h i j", "a x c e f g h i j k");
  EXPECT_EQ(errors.words, 10);
  EXPECT_EQ(errors.substitutions, 1);
  EXPECT_EQ(errors.deletions, 1);
  EXPECT_EQ(errors.insertions, 1);
  EXPECT_DOUBLE_EQ(errors.rate(), 30.0);
}

TEST(WordErrorRate, CountsAMissingTextAsDeletions) {
  const WordErrors errors = score("what do i here seek", "");
  EXPECT_EQ(errors.deletions, 5);
  EXPECT_DOUBLE_EQ(errors.rate(), 100.0);
}

TEST(WordErrorRate, CountsAnInventedTextAsInsertions) {
  const WordErrors errors = score("", "thank you");
  EXPECT_EQ(errors.insertions, 2);
  EXPECT_DOUBLE_EQ(errors.rate(), 0.0);
}

TEST(WordErrorRate, FindsTheCheapestAlignment) {
  EXPECT_EQ(score("a b c d e f", "b c d e f a").errors(), 2);
  EXPECT_EQ(score("the cat sat", "the the cat cat sat sat").insertions, 3);
}

TEST(WordErrorRate, AddsUpOverTextsByWords) {
  WordErrors total = score("one two three four", "one two three four");
  total += score("five", "six");
  EXPECT_EQ(total.words, 5);
  EXPECT_DOUBLE_EQ(total.rate(), 20.0);
}

}  // namespace
}  // namespace diktate::bench
