#include "desktop/portal/key_log.h"

#include <gtest/gtest.h>
#include <poll.h>

namespace diktate {
namespace {

using std::chrono::milliseconds;

// What happened, "+" for pressed.
std::string told(KeyLog& log) {
  std::string line;
  for (const HotkeyEvent& event : log.take()) line += (event.pressed ? "+" : "-") + event.action + " ";
  return line;
}

TEST(KeyLog, AKeyThatRepeatsIsPressedOnce) {
  KeyLog log;
  const Instant began = SteadyClock().now();
  log.turn("dictate", true, began);
  for (int i = 1; i <= 50; ++i) log.turn("dictate", true, began + i * milliseconds(600));
  log.turn("dictate", false, began + milliseconds(40'000));
  EXPECT_EQ(told(log), "+dictate -dictate ");
  EXPECT_FALSE(log.any_down());
}

bool wakes(const KeyLog& log) {
  pollfd reading{log.descriptor(), POLLIN, 0};
  return ::poll(&reading, 1, 0) == 1;
}

// Texts wait for the key that cancelled the take.
TEST(KeyLog, WhoReadsIsWokenByAKeyToCancelThatGoesUpThoughItIsNotListenedForAnyMore) {
  KeyLog log;
  const Instant began = SteadyClock().now();
  log.listen_for_cancel(true);
  log.turn("cancel", true, began);
  EXPECT_EQ(told(log), "+cancel ");
  EXPECT_TRUE(log.any_down());
  log.listen_for_cancel(false);
  EXPECT_FALSE(wakes(log));
  log.turn("cancel", false, began + milliseconds(100));
  EXPECT_TRUE(wakes(log));
  EXPECT_EQ(told(log), "");
  EXPECT_FALSE(log.any_down());
}

TEST(KeyLog, APressAfterALostReleaseStandsForIt) {
  KeyLog log;
  const Instant began = SteadyClock().now();
  log.turn("dictate", true, began);
  EXPECT_TRUE(log.any_down());
  log.turn("dictate", true, began + milliseconds(3'000));
  EXPECT_EQ(told(log), "+dictate -dictate ");
  EXPECT_FALSE(log.any_down());
  log.turn("dictate", false, began + milliseconds(3'100));
  EXPECT_EQ(told(log), "");
  log.turn("dictate", true, began + milliseconds(3'200));
  EXPECT_EQ(told(log), "+dictate ");
}

TEST(KeyLog, WhatIsForgottenIsReleasedAndHeardAgain) {
  KeyLog log;
  const Instant began = SteadyClock().now();
  log.turn("dictate", true, began);
  log.forget_down();
  EXPECT_FALSE(log.any_down());
  log.turn("dictate", true, began + milliseconds(500));
  log.turn("dictate", true, began + milliseconds(600));
  EXPECT_EQ(told(log), "+dictate -dictate ") << "it is held all the time, and repeats";
  log.turn("dictate", true, began + milliseconds(5'000));
  EXPECT_EQ(told(log), "+dictate ");
  log.forget_down();
  log.turn("dictate", false, began + milliseconds(5'100));
  log.turn("dictate", true, began + milliseconds(5'200));
  EXPECT_EQ(told(log), "-dictate +dictate ");
}

}  // namespace
}  // namespace diktate
