#include "app/subtitles.h"

#include <gtest/gtest.h>

#include "app/format.h"

namespace diktate {
namespace {

Piece piece(double start, double end, std::string text) {
  return {0, samples_of(start), samples_of(end), 0, Cut::pause, std::move(text), {}, {}};
}

const std::string kLong =
    "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in "
    "want of a "
    "wife. However little known the feelings or views of such a man may be on his first entering a "
    "neighbourhood, this "
    "truth is so well fixed in the minds of the surrounding families.";

std::string words_shown(const std::vector<SubtitleCue>& cues) {
  std::string text;
  for (const SubtitleCue& cue : cues) {
    for (const auto& line : cue.lines) text += (text.empty() ? "" : " ") + line;
  }
  return text;
}

TEST(Subtitles, WriteAShortPieceAsOneCue) {
  EXPECT_EQ(srt(std::vector{piece(1.5, 3661.25, "Ask not.")}),
            "1\n00:00:01,500 --> 01:01:01,250\nAsk not.\n\n");
  EXPECT_EQ(vtt(std::vector{piece(1.5, 3.25, "Ask not.")}),
            "WEBVTT\n\n00:00:01.500 --> 00:00:03.250\nAsk not.\n\n");
}

TEST(Subtitles, SplitALongPieceIntoCuesOfTwoLinesOf42Characters) {
  const auto cues = cues_of(std::vector{piece(0, 20, kLong)});
  EXPECT_GE(cues.size(), 4U);
  for (const SubtitleCue& cue : cues) {
    EXPECT_LE(cue.lines.size(), 2U);
    for (const auto& line : cue.lines) EXPECT_LE(count_characters(line), 42U) << line;
  }
  EXPECT_EQ(words_shown(cues), kLong);
}

TEST(Subtitles, GiveEachCueItsShareOfTheTimeByItsCharacters) {
  const auto cues = cues_of(std::vector{piece(10, 30, kLong)});
  EXPECT_DOUBLE_EQ(cues.front().start, 10);
  EXPECT_DOUBLE_EQ(cues.back().end, 30);
  for (std::size_t i = 1; i < cues.size(); ++i) EXPECT_DOUBLE_EQ(cues[i].start, cues[i - 1].end);
  const double per_character = 20.0 / static_cast<double>(kLong.size() + 1);
  const auto& first = cues.front();
  EXPECT_NEAR(first.end - first.start, per_character * static_cast<double>(words_shown({first}).size() + 1),
              1e-9);
}

TEST(Subtitles, EndACueWithItsSentence) {
  const auto cues = cues_of(std::vector{piece(0, 20, kLong)});
  EXPECT_TRUE(cues[1].lines.back().ends_with("wife.")) << cues[1].lines.back();
}

TEST(Subtitles, BalanceTheTwoLinesOfACue) {
  const auto cues = cues_of(std::vector{piece(0, 5, "must be in want of a wife and a house somewhere")});
  ASSERT_EQ(cues.size(), 1U);
  EXPECT_EQ(cues[0].lines, (std::vector<std::string>{"must be in want of a wife", "and a house somewhere"}));
}

TEST(Subtitles, BreakAWordThatFillsMoreThanALine) {
  const auto cues = cues_of(std::vector{piece(0, 5, std::string(100, 'x'))});
  for (const SubtitleCue& cue : cues) {
    for (const auto& line : cue.lines) EXPECT_LE(line.size(), 42U);
  }
}

TEST(Subtitles, LeaveOutPiecesWithoutText) {
  EXPECT_EQ(srt(std::vector{piece(0, 1, ""), piece(1, 2, "Yes.")}),
            "1\n00:00:01,000 --> 00:00:02,000\nYes.\n\n");
  EXPECT_EQ(srt({}), "");
  EXPECT_EQ(vtt({}), "WEBVTT\n\n");
}

TEST(Subtitles, EscapeMarkupInWebVttOnly) {
  EXPECT_NE(vtt(std::vector{piece(0, 1, "a < b & c")}).find("a &lt; b &amp; c"), std::string::npos);
  EXPECT_NE(srt(std::vector{piece(0, 1, "a < b & c")}).find("a < b & c"), std::string::npos);
}

}  // namespace
}  // namespace diktate
