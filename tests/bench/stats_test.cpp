#include "bench/stats.h"

#include <cmath>

#include <gtest/gtest.h>

namespace diktate::bench {
namespace {

TEST(Percentile, InterpolatesBetweenNeighbours) {
  EXPECT_DOUBLE_EQ(percentile({4, 1, 3, 2}, 50), 2.5);
  EXPECT_DOUBLE_EQ(percentile({10, 20, 30, 40, 50}, 95), 48);
  EXPECT_DOUBLE_EQ(percentile({1, 2, 3}, 100), 3);
  EXPECT_DOUBLE_EQ(percentile({1, 2, 3}, 0), 1);
}

TEST(Percentile, OfOneValueIsThatValue) { EXPECT_DOUBLE_EQ(percentile({7}, 95), 7); }

TEST(Percentile, OfNothingIsNotANumber) { EXPECT_TRUE(std::isnan(percentile({}, 50))); }

}  // namespace
}  // namespace diktate::bench
