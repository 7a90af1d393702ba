#include "base/clock.h"

#include <thread>

#include <gtest/gtest.h>

namespace diktate {
namespace {

TEST(SteadyClock, SleepsUntilTheInstant) {
  const SteadyClock clock;
  const Instant when = clock.now() + std::chrono::milliseconds(5);
  EXPECT_TRUE(clock.sleep_until(when, {}));
  EXPECT_GE(clock.now(), when);
  EXPECT_TRUE(clock.sleep_until(when, {}));
}

TEST(SteadyClock, WakesWhenAskedToStop) {
  const SteadyClock clock;
  std::stop_source stop;
  std::jthread stopper([&] { stop.request_stop(); });
  EXPECT_FALSE(clock.sleep_until(clock.now() + std::chrono::hours(1), stop.get_token()));
}

}  // namespace
}  // namespace diktate
