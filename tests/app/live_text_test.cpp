#include "app/live_text.h"

#include <gtest/gtest.h>

#include "app/format.h"
#include "app/progress_bar.h"

namespace diktate {
namespace {

const TerminalStyle kPlain{72, true, false, true};

TEST(LiveText, OverwritesAProvisionalPieceInPlace) {
  LiveText live(kPlain);
  EXPECT_EQ(live.provisional("ask"), "~ ask");
  EXPECT_EQ(live.provisional("ask not"), "\r\x1b[K~ ask not");
  EXPECT_EQ(live.final("Ask not."), "\r\x1b[K> Ask not.\n");
  EXPECT_EQ(live.provisional("what"), "~ what");
}

TEST(LiveText, TakesAProvisionalPieceAwayAtTheEnd) {
  LiveText live(kPlain);
  live.provisional("ask");
  EXPECT_EQ(live.clear(), "\r\x1b[K");
  EXPECT_EQ(live.clear(), "");
}

TEST(LiveText, ShowsTheEndOfAPieceThatIsLongerThanALine) {
  LiveText live(kPlain);
  const std::string line = live.provisional(std::string(200, 'a') + " the end");
  EXPECT_EQ(count_characters(line), 71U);
  EXPECT_TRUE(line.starts_with("~ ..."));
  EXPECT_TRUE(line.ends_with(" the end"));
}

TEST(LiveText, PassesNoControlCharactersOn) {
  LiveText live(kPlain);
  EXPECT_EQ(live.final("a\x1b[2Jb"), "> a [2Jb\n");
}

TEST(LiveText, WrapsBetweenWords) {
  EXPECT_EQ(wrapped("ask not what your country", 10), "ask not\nwhat your\ncountry");
  EXPECT_EQ(wrapped("ask not what", 8, 2), "ask not\n  what");
}

TEST(ProgressBar, ShowsHowFarAndHowFast) {
  const std::string line = progress_line("talk.wav", {30, 120.0, 2}, {100, true, false, false});
  EXPECT_EQ(line, "talk.wav  ######..................  25 %  0:30 of 2:00, 15 x real time");
}

TEST(ProgressBar, DoesWithoutATotal) {
  EXPECT_EQ(progress_line("-", {30, {}, 0}, {100, true, false, false}), "-  0:30");
}

TEST(ProgressBar, StaysWithinTheLine) {
  const std::string line = progress_line(std::string(300, 'x'), {1e6, 2e6, 1}, {72, true, false, true});
  EXPECT_LE(count_characters(line), 71U);
}

}  // namespace
}  // namespace diktate
