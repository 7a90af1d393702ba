#include "bench/spoken_words.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace diktate::bench {
namespace {

std::string said(std::string_view text) {
  std::string all;
  for (const std::string& word : spoken_words(text)) all += (all.empty() ? "" : " ") + word;
  return all;
}

TEST(SpokenWords, IgnoreCaseAndPunctuation) {
  EXPECT_EQ(said("And so, my fellow Americans: ASK not!"), "and so my fellow americans ask not");
  EXPECT_EQ(said("self-substantial — fuel…"), "self substantial fuel");
  EXPECT_EQ(said(" \n\t"), "");
}

TEST(SpokenWords, KeepApostrophesInsideWordsOnly) {
  EXPECT_EQ(said("Don’t 'quote' the dogs'"), "don't quote the dogs");
}

TEST(SpokenWords, KeepLettersOutsideAscii) {
  EXPECT_EQ(said("CAFÉ Zürich Łódź"), "café zürich łódź");
  EXPECT_EQ(said("ﬁne ＦＵＬＬ"), "fine full");
}

TEST(SpokenWords, SpellOutNumbersAsTheyAreSaid) {
  EXPECT_EQ(
      said("0 7 13 20 42 100 205 3,016 1,000,000"),
      "zero seven thirteen twenty forty two one hundred two hundred five three thousand sixteen one million");
  EXPECT_EQ(said("3.14"), "three point one four");
  EXPECT_EQ(said("007"), "zero zero seven");
  EXPECT_EQ(said("90210"), "nine zero two one zero");
}

TEST(SpokenWords, ReadFourDigitsOfACenturyAsAYear) {
  EXPECT_EQ(said("1984"), "nineteen eighty four");
  EXPECT_EQ(said("1900"), "nineteen hundred");
  EXPECT_EQ(said("1905"), "nineteen zero five");
  EXPECT_EQ(said("2005"), "two thousand five");
  EXPECT_EQ(said("1,984"), "one thousand nine hundred eighty four");
  EXPECT_EQ(said("the 1990s"), "the nineteen nineties");
  EXPECT_EQ(said("1990's"), "nineteen ninety's");
}

TEST(SpokenWords, SpellOutOrdinals) {
  EXPECT_EQ(said("1st 2nd 3rd 12th 20th 21st 100th"),
            "first second third twelfth twentieth twenty first one hundredth");
}

TEST(SpokenWords, SpellOutClockTimes) {
  EXPECT_EQ(said("9:00 a.m. and 9:05PM, 10:30 p. m."), "nine am and nine zero five pm ten thirty pm");
  EXPECT_EQ(said("a man, a map"), "a man a map");
}

TEST(SpokenWords, SpellOutSymbols) {
  EXPECT_EQ(said("12% & 6×7=42"), "twelve per cent and six times seven equals forty two");
  EXPECT_EQ(said("$5 + 1"), "dollar five plus one");
}

TEST(SpokenWords, SplitLettersFromDigits) { EXPECT_EQ(said("mp3 4x4 10k"), "mp three four x four ten k"); }

TEST(SpokenWords, LeaveOutHesitationsAndNotes) {
  EXPECT_EQ(said("Um, well [laughs] I <unk> uh think"), "well i think");
  EXPECT_EQ(said("a < b"), "a b");
}

TEST(SpokenWords, FoldSpellingsOfOneWord) {
  EXPECT_EQ(said("Mr. Hale is OK"), said("mister hale is okay"));
  EXPECT_EQ(said("neighbor's favour"), said("neighbor's favor"));
  EXPECT_EQ(said("I cannot, it's 5 percent"), said("i can not it's five per cent"));
}

TEST(SpokenWords, SurviveMalformedText) {
  EXPECT_EQ(said("a\xff"
                 "b \xe2\x80"),
            "a b");
}

}  // namespace
}  // namespace diktate::bench
