#include "net/line_parser.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "net/utf8.h"

namespace diktate {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(std::string_view bytes, std::size_t size, LineEnds ends = LineEnds::lf) {
  Lines lines;
  LineReader reader(ends);
  const auto keep = [&](std::string_view line) -> Result<void> {
    lines.emplace_back(line);
    return {};
  };
  for (; !bytes.empty(); bytes.remove_prefix(std::min(size, bytes.size()))) {
    EXPECT_TRUE(reader.push(bytes.substr(0, size), keep));
  }
  EXPECT_TRUE(reader.finish(keep));
  return lines;
}

std::vector<std::string> events_of(std::string_view bytes, std::size_t size) {
  std::vector<std::string> events;
  EventReader reader;
  const auto keep = [&](const ServerEvent& event) -> Result<void> {
    events.push_back(event.name + "|" + event.data);
    return {};
  };
  for (; !bytes.empty(); bytes.remove_prefix(std::min(size, bytes.size()))) {
    EXPECT_TRUE(reader.push(bytes.substr(0, size), keep));
  }
  EXPECT_TRUE(reader.finish(keep));
  return events;
}

TEST(LineReader, GivesTheSameLinesHoweverTheyAreSplit) {
  const std::string bytes = "{\"a\":\"\u00e4\U0001F600\"}\r\n\n{}\nno end";
  const Lines whole = {"{\"a\":\"\u00e4\U0001F600\"}", "", "{}", "no end"};
  for (std::size_t size = 1; size <= bytes.size(); ++size) EXPECT_EQ(lines_of(bytes, size), whole) << size;
}

TEST(LineReader, KnowsTheThreeEndsOfEventStreams) {
  const std::string bytes = "a\rb\r\nc\n\r\rd\n";
  const Lines whole = {"a", "b", "c", "", "", "d"};
  for (std::size_t size = 1; size <= bytes.size(); ++size) {
    EXPECT_EQ(lines_of(bytes, size, LineEnds::lf_or_cr), whole) << size;
  }
}

TEST(LineReader, RefusesALineThatDoesNotEnd) {
  LineReader reader(LineEnds::lf, 1000);
  const auto ignore = [](std::string_view) -> Result<void> { return {}; };
  Result<void> pushed;
  int pieces = 0;
  for (; pushed && pieces < 100; ++pieces) pushed = reader.push(std::string(100, 'x'), ignore);
  ASSERT_FALSE(pushed);
  EXPECT_EQ(pieces, 11);
}

TEST(LineReader, StopsAtTheFirstErrorOfItsUser) {
  LineReader reader;
  int seen = 0;
  const auto refuse = [&](std::string_view) -> Result<void> {
    ++seen;
    return fail(ErrorKind::failed, "no");
  };
  EXPECT_EQ(reader.push("a\nb\n", refuse).error().message, "no");
  EXPECT_EQ(seen, 1);
}

TEST(EventReader, GivesTheSameEventsHoweverTheyAreSplit) {
  const std::string bytes =
      "\xEF\xBB\xBF: hello\n\nevent: delta\ndata: {\"x\":\ndata:1}\nid: 7\n\r\ndata\n\nevent: lost\n\n"
      "data: [DONE]\n";
  const std::vector<std::string> whole = {"delta|{\"x\":\n1}", "message|", "message|[DONE]"};
  for (std::size_t size = 1; size <= bytes.size(); ++size) EXPECT_EQ(events_of(bytes, size), whole) << size;
}

TEST(EventReader, DropsALineThatWasCutOff) {
  EXPECT_EQ(events_of("data: one\n\ndata: tw", 100), std::vector<std::string>{"message|one"});
}

TEST(Utf8, ReplacesWhatIsMalformedAndKeepsTheRest) {
  EXPECT_EQ(valid_utf8("gr\u00fc\u00df \U0001F600"), "gr\u00fc\u00df \U0001F600");
  EXPECT_EQ(valid_utf8("a\xC3"), "a\uFFFD");
  EXPECT_EQ(valid_utf8("\xC3(\xF0\x9F\x98"), "\uFFFD(\uFFFD");
  EXPECT_EQ(valid_utf8("\xC0\xAF"), "\uFFFD\uFFFD");
  EXPECT_EQ(valid_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(valid_utf8("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");
}

}  // namespace
}  // namespace diktate
