#include "bench/plain_rules.h"

#include <gtest/gtest.h>

namespace diktate::bench {
namespace {

TEST(PlainRulesTest, DoWhatTheySayTheyDo) {
  EXPECT_EQ(plain_rules("I, um, think so."), "I think so.");
  EXPECT_EQ(plain_rules("It is, you know, the the twenty three boxes."), "It is the 23 boxes.");
  EXPECT_EQ(plain_rules("Hello, comma, world period. new line. fifteen chairs"), "Hello, world.\n15 chairs");
}

}  // namespace
}  // namespace diktate::bench
