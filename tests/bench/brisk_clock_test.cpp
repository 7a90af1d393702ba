#include "bench/brisk_clock.h"

#include <gtest/gtest.h>

namespace diktate::bench {
namespace {

// Stands still until it is told to go on; remembers until when somebody slept.
class HandClock final : public Clock {
 public:
  Instant now() const override { return now_; }
  bool sleep_until(Instant when, std::stop_token) const override {
    now_ = std::max(now_, when);
    return true;
  }
  void pass(Nanoseconds time) { now_ += time; }

 private:
  mutable Instant now_{std::chrono::seconds(1000)};
};

TEST(BriskClock, RunsFastUntilTheBriskPartIsOver) {
  HandClock base;
  const BriskClock clock(base, std::chrono::seconds(16), 8);
  const Instant start = clock.now();
  base.pass(std::chrono::seconds(1));
  EXPECT_EQ(clock.now() - start, std::chrono::seconds(8));
  base.pass(std::chrono::seconds(1));
  EXPECT_EQ(clock.now() - start, std::chrono::seconds(16));
  base.pass(std::chrono::seconds(3));
  EXPECT_EQ(clock.now() - start, std::chrono::seconds(19));
}

TEST(BriskClock, SleepsUntilItShowsTheTime) {
  HandClock base;
  const BriskClock clock(base, std::chrono::seconds(16), 8);
  const Instant start = clock.now();
  for (const Nanoseconds time : {Nanoseconds(std::chrono::seconds(5)), Nanoseconds(7'000'000'001),
                                 Nanoseconds(std::chrono::seconds(17))}) {
    EXPECT_TRUE(clock.sleep_until(start + time, {}));
    EXPECT_GE(clock.now(), start + time);
    EXPECT_LE(clock.now(), start + time + Nanoseconds(8));
  }
}

TEST(BriskClock, IsItsBaseWhenNothingIsBrisk) {
  HandClock base;
  const BriskClock clock(base, Nanoseconds::zero(), 8);
  EXPECT_EQ(clock.now(), base.now());
  EXPECT_TRUE(clock.sleep_until(base.now() + std::chrono::seconds(2), {}));
  EXPECT_EQ(clock.now(), base.now());
}

}  // namespace
}  // namespace diktate::bench
