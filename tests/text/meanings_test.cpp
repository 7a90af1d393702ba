#include "text/meanings.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

TEST(Meanings, KnowsWordsByTheirBeginningsPluralsAndWhatIsJoined) {
  Meanings table;
  table.add("", "-te -me");
  table.add("dog", "perr-");
  table.add("see look", "ver");
  table.add("sun", "sol");
  table.add("alone", "sol-");
  ASSERT_NE(table.of("perritos"), nullptr);
  EXPECT_EQ(table.of("perritos")->front(), "dog");
  EXPECT_EQ(table.of("verte")->back(), "look");
  EXPECT_EQ(table.of("sol")->front(), "sun");
  EXPECT_EQ(table.of("soles")->front(), "sun");
  EXPECT_EQ(table.of("solamente")->front(), "alone");
  EXPECT_EQ(table.of("gato"), nullptr);
  EXPECT_EQ(table.of(""), nullptr);
  EXPECT_EQ(table.of("te"), nullptr);
}

TEST(Meanings, KnowsWhatIsMeant) {
  Meanings table;
  EXPECT_TRUE(table.empty());
  table.add("dog hound", "perr-");
  EXPECT_FALSE(table.empty());
  EXPECT_TRUE(table.is_meant("hound"));
  EXPECT_FALSE(table.is_meant("cat"));
}

}  // namespace
}  // namespace diktate
