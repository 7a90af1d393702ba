#include "app/format.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

TEST(Format, ShowsAsManyDigitsOfADurationAsMatter) {
  EXPECT_EQ(format_duration(microseconds(42)), "0.04 ms");
  EXPECT_EQ(format_duration(microseconds(2140)), "2.1 ms");
  EXPECT_EQ(format_duration(microseconds(84400)), "84 ms");
  EXPECT_EQ(format_duration(milliseconds(11020)), "11.02 s");
}

TEST(Format, NeverShowsAThousandMillisecondsOrTenWithADecimal) {
  EXPECT_EQ(format_duration(microseconds(999600)), "1.00 s");
  EXPECT_EQ(format_duration(microseconds(9970)), "10 ms");
}

TEST(Format, ShowsPositionsWithHoursOnlyWhereThereAreAny) {
  EXPECT_EQ(format_position(65.9), "1:05");
  EXPECT_EQ(format_position(3725), "1:02:05");
}

TEST(Format, ShowsBytesInDecimalUnits) {
  EXPECT_EQ(format_bytes(17), "17 B");
  EXPECT_EQ(format_bytes(63'100'000), "63.1 MB");
}

TEST(Format, CutsTextBetweenCharactersAndNeverInside) {
  EXPECT_EQ(count_characters("Bücher €"), 8U);
  EXPECT_EQ(first_characters("€uro", 1), "€");
  EXPECT_EQ(last_characters("fünf €", 2), " €");
  EXPECT_EQ(first_characters("abc", 9), "abc");
}

TEST(Format, TurnsControlCharactersIntoSpaces) {
  EXPECT_EQ(printable("a\x1b[2Jb\nc"), "a [2Jb c");
  EXPECT_EQ(printable("a\xC2\x9Bm"), "a m");
  EXPECT_EQ(printable("Z\xC3\xBCrich"), "Z\xC3\xBCrich");
}

TEST(Format, SplitsTextIntoWords) {
  EXPECT_EQ(words_of("  ask\tnot \n"), (std::vector<std::string_view>{"ask", "not"}));
  EXPECT_TRUE(words_of(" ").empty());
}

}  // namespace
}  // namespace diktate
