#include "app/waterfall.h"

#include <algorithm>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>

#include "app/format.h"
#include "app/take_fixture.h"
#include "app/waterfall_rows.h"

namespace diktate {
namespace {

const TerminalStyle kUnicode{100, false, false, true};
const TerminalStyle kAscii{100, false, false, false};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string line_with(const std::string& text, const std::string& label) {
  for (const auto& line : lines_of(text)) {
    if (line.substr(line.find_first_not_of(' ') == std::string::npos ? 0 : line.find_first_not_of(' '))
            .starts_with(label)) {
      return line;
    }
  }
  return "";
}

std::vector<std::string> labels_of(const std::vector<WaterfallRow>& rows) {
  std::vector<std::string> labels;
  for (const auto& row : rows)
    labels.push_back(std::string(static_cast<std::size_t>(row.depth), '>') + row.label);
  return labels;
}

TEST(WaterfallRows, HaveALineASpanByStartWithChildrenBelow) {
  EXPECT_EQ(labels_of(waterfall_rows(two_piece_take().spans)),
            (std::vector<std::string>{"open", "first_sample", "prepare", "hear", "segment[0]", "segment[1]",
                                      "recognise[0]", ">queue", ">work", "recognise[1]", ">queue", ">work",
                                      "join", "clean", "deliver", "close"}));
}

TEST(WaterfallRows, FoldEarlierDecodesOfAPieceIntoItsLast) {
  const auto rows = waterfall_rows(two_piece_take().spans);
  const auto row =
      std::find_if(rows.begin(), rows.end(), [](const auto& r) { return r.label == "recognise[1]"; });
  EXPECT_EQ(row->superseded, 2);
  EXPECT_EQ(row->bars.size(), 3U);
  EXPECT_EQ(row->duration, std::chrono::milliseconds(100));
}

TEST(WaterfallRows, FoldAllButTheLastPiecesOfALongTake) {
  Take take;
  take.key_down = at_ms(0);
  for (int i = 0; i < 10; ++i) {
    add_span(take, SpanName::segment, i, "main", i * 1000, i * 1000 + 900);
    add_decode(take, i, i * 1000 + 900, i * 1000 + 901, i * 1000 + 950);
  }
  const auto rows = waterfall_rows(take.spans, 3);
  EXPECT_EQ(labels_of(rows),
            (std::vector<std::string>{"segment[0-7]", "recognise[0-7]", "segment[8]", "recognise[8]",
                                      ">queue", ">work", "segment[9]", "recognise[9]", ">queue", ">work"}));
  EXPECT_EQ(rows[1].bars.size(), 8U);
  EXPECT_EQ(rows[1].duration, std::chrono::milliseconds(8 * 50));
}

TEST(Waterfall, OpensWithStopToText) {
  EXPECT_EQ(lines_of(waterfall(two_piece_take(), kUnicode))[0], "stop-to-text 84 ms");
}

TEST(Waterfall, SaysWhatElseBecameOfTheTake) {
  Take take = two_piece_take();
  take.outcome = Outcome::cancelled;
  EXPECT_EQ(headline(take), "cancelled");
  take.outcome = Outcome::failed;
  take.cause = "the model is damaged";
  EXPECT_EQ(headline(take), "failed: the model is damaged");
}

TEST(Waterfall, MarksKeyUpAtOneColumnOfEveryLine) {
  const auto lines = lines_of(waterfall(two_piece_take(), kAscii));
  const std::size_t mark = lines[4].find('|');
  ASSERT_NE(mark, std::string::npos);
  for (std::size_t i = 4; i + 1 < lines.size(); ++i) EXPECT_EQ(lines[i].substr(mark, 1), "|") << lines[i];
}

TEST(Waterfall, DrawsWorkBeforeKeyUpLeftOfItAndWorkAfterItRight) {
  const auto text = waterfall(two_piece_take(), kAscii);
  const auto hear = line_with(text, "hear");
  const auto deliver = line_with(text, "deliver");
  EXPECT_TRUE(hear.ends_with("#|")) << hear;
  EXPECT_LT(deliver.find('|'), deliver.find_first_of("#'")) << deliver;
  const auto tail = line_with(text, "recognise[1]");
  EXPECT_NE(tail.find("'|###"), std::string::npos) << tail;
}

TEST(Waterfall, ShowsDurationsColdAndHowManyDecodesWereSuperseded) {
  const auto text = waterfall(two_piece_take(), kAscii);
  EXPECT_NE(line_with(text, "prepare").find("cold"), std::string::npos);
  EXPECT_NE(line_with(text, "prepare").find("559 ms"), std::string::npos);
  EXPECT_TRUE(line_with(text, "recognise[1]").starts_with("recognise[1] +2 "));
  EXPECT_NE(line_with(text, "recognise[1]").find(".  ."), std::string::npos);
}

TEST(Waterfall, FitsTheWidthOfTheTerminal) {
  for (const std::size_t columns : {72U, 80U, 100U, 180U}) {
    for (const bool unicode : {false, true}) {
      for (const auto& line : lines_of(waterfall(two_piece_take(), {columns, false, false, unicode}))) {
        EXPECT_LE(count_characters(line), columns) << line;
      }
    }
  }
}

TEST(Waterfall, IsAsciiWhereTheLocaleIsNotUnicode) {
  const auto text = waterfall(two_piece_take(), kAscii);
  EXPECT_TRUE(
      std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
}

TEST(Waterfall, HasColoursOnlyWhereAsked) {
  EXPECT_EQ(waterfall(two_piece_take(), kUnicode).find('\x1b'), std::string::npos);
  EXPECT_NE(waterfall(two_piece_take(), {100, true, true, true}).find('\x1b'), std::string::npos);
}

TEST(Waterfall, DrawsATakeInWhichNothingHappened) {
  Take take;
  take.outcome = Outcome::empty;
  EXPECT_EQ(lines_of(waterfall(take, kAscii))[0], "nothing was said");
}

}  // namespace
}  // namespace diktate
