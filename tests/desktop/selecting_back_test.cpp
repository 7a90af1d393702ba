#include "desktop/x11/selecting_back.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

TEST(StepsOver, CountsWhatACursorGoesOverAtOnce) {
  EXPECT_EQ(steps_over(""), 0U);
  EXPECT_EQ(steps_over("two\n"), 4U);
  EXPECT_EQ(steps_over("Año 你😀"), 6U);
  EXPECT_EQ(steps_over("e\u0301"), 1U) << "an accent of its own";
  EXPECT_EQ(steps_over("👩‍👩‍👧"), 1U) << "a family";
  EXPECT_EQ(steps_over("a\xFF"), 1U) << "what is no UTF-8 ends it";
}

}  // namespace
}  // namespace diktate
