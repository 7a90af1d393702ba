// When keys moved, by our clock.
#include "desktop/event_times.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

constexpr Instant kNow{hours(5)};

TEST(EventTimes, WhatIsReadTogetherIsAsFarApartAsItHappened) {
  EventTimes times;
  times.read(milliseconds(1000), kNow);
  times.read(milliseconds(1400), kNow);
  EXPECT_EQ(times.at(milliseconds(1000), kNow), kNow - milliseconds(400));
  EXPECT_EQ(times.at(milliseconds(1400), kNow), kNow);
}

TEST(EventTimes, WhatIsReadLateIsPutWhereItHappened) {
  EventTimes times;
  times.read(milliseconds(1000), kNow);
  const Instant late = kNow + milliseconds(900);
  times.read(milliseconds(1200), late);
  EXPECT_EQ(times.at(milliseconds(1200), late), kNow + milliseconds(200));
}

TEST(EventTimes, NothingIsLaterThanWhenItWasRead) {
  EventTimes times;
  times.read(milliseconds(1000), kNow);
  EXPECT_EQ(times.at(milliseconds(1500), kNow), kNow);
  EXPECT_EQ(EventTimes().at(milliseconds(1500), kNow), kNow);
}

TEST(EventTimes, AClockThatIsSetIsBelievedAnew) {
  EventTimes times;
  times.read(hours(2), kNow);
  times.read(hours(1), kNow + milliseconds(10));
  EXPECT_EQ(times.at(hours(1), kNow + milliseconds(10)), kNow + milliseconds(10));
  times.read(hours(3), kNow + milliseconds(20));
  EXPECT_EQ(times.at(hours(3), kNow + milliseconds(20)), kNow + milliseconds(20));
}

TEST(EventTimes, ClocksThatDriftAreComparedAnewAfterAWhile) {
  EventTimes times;
  times.read(milliseconds(0), kNow);
  const Instant later = kNow + hours(1) + milliseconds(50);  // theirs is slow
  times.read(hours(1), later);
  EXPECT_EQ(times.at(hours(1), later), later);
}

}  // namespace
}  // namespace diktate
