#include "desktop/reopened.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

struct Session {
  bool is_alive = true;
  bool alive() const { return is_alive; }
};

TEST(Reopened, ASessionThatEndedIsOpenedAnewByWhoNeedsIt) {
  int opened = 0;
  bool is_there = false;
  const auto first = std::make_shared<Session>();
  Reopened<Session> reopened(first, [&]() -> Result<std::shared_ptr<Session>> {
    ++opened;
    if (!is_there) return fail(ErrorKind::unavailable, "there is no display");
    return std::make_shared<Session>();
  });
  EXPECT_EQ(reopened.live(), first);
  first->is_alive = false;
  EXPECT_EQ(reopened.current(), first);
  EXPECT_EQ(opened, 0);
  EXPECT_EQ(reopened.live(), nullptr);
  is_there = true;
  const auto second = reopened.live();
  EXPECT_NE(second, first);
  EXPECT_EQ(reopened.current(), second);
  EXPECT_EQ(reopened.live(), second);
  EXPECT_EQ(opened, 2);
}

}  // namespace
}  // namespace diktate
