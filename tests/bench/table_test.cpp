#include "bench/table.h"

#include <limits>

#include <gtest/gtest.h>

namespace diktate::bench {
namespace {

TEST(Table, MakesColumnsAsWideAsTheirLongestCell) {
  EXPECT_EQ(format_table({"ms", "p50", "p95"}, {{"tight", "84", "1234"}, {"released", "5"}}),
            "ms        p50   p95\n"
            "tight      84  1234\n"
            "released    5\n");
}

TEST(Table, ShowsWhatIsNoNumberAsSuch) {
  EXPECT_EQ(number(std::numeric_limits<double>::quiet_NaN(), 1), "n/a");
  EXPECT_EQ(ratio(std::numeric_limits<double>::infinity()), "n/a");
  EXPECT_EQ(number(12.345, 1), "12.3");
  EXPECT_EQ(ratio(2.306), "2.31x");
}

}  // namespace
}  // namespace diktate::bench
