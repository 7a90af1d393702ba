#include "llm/events.h"

#include <vector>

#include <gtest/gtest.h>

namespace diktate {
namespace {

using Format = EventReader::Format;

// Each event as "type|data"; what went wrong is the last.
std::vector<std::string> read(Format format, std::string_view bytes, std::size_t step,
                              std::size_t most = 1000) {
  std::vector<std::string> events;
  const auto sink = [&](std::string_view type, std::string_view data) {
    events.push_back(std::string(type) + "|" + std::string(data));
    return Result<void>();
  };
  EventReader reader(format, most);
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    if (auto done = reader.push(bytes.substr(at, step), sink); !done) {
      events.push_back(done.error().message);
      return events;
    }
  }
  EXPECT_TRUE(reader.finish(sink));
  return events;
}

using Events = std::vector<std::string>;

TEST(EventReader, GivesTheSameEventsHoweverTheBytesWereSplit) {
  const std::string lines = "{\"a\":\"\xC3\xA9\"}\n\r\n{\"b\":1}\r\n{\"c\":2}";
  const std::string events =
      "\xEF\xBB\xBF: hello\r\ndata: a\r\ndata:b\r\n\r\nevent: error\rdata: {}\r\rdata\n\nid: 4\ndata: "
      "last\n\ndata: cut\n";
  for (std::size_t step = 1; step < 80; ++step) {
    EXPECT_EQ(read(Format::ndjson, lines, step),
              (Events{"|{\"a\":\"\xC3\xA9\"}", "|{\"b\":1}", "|{\"c\":2}"}));
    EXPECT_EQ(read(Format::sse, events, step), (Events{"|a\nb", "error|{}", "|", "|last"})) << step;
  }
}

TEST(EventReader, GivesUpOnALineWithoutAnEnd) {
  const std::string line(5000, 'x');
  EXPECT_EQ(read(Format::ndjson, line, 100), Events{"one event of the answer is too large"});
  std::string data;
  for (int i = 0; i < 100; ++i) data += "data: 0123456789\n";
  EXPECT_EQ(read(Format::sse, data, 100), Events{"one event of the answer is too large"});
}

TEST(EventReader, EndsWithWhatTheReceiverSays) {
  EventReader reader(Format::ndjson, 100);
  int events = 0;
  const auto refuse = [&](std::string_view, std::string_view) -> Result<void> {
    ++events;
    return fail(ErrorKind::failed, "no more");
  };
  EXPECT_EQ(reader.push("1\n2\n", refuse).error().message, "no more");
  EXPECT_EQ(events, 1);
}

TEST(EventReader, ReadsErrorsWithoutAFrameOfLlamaCpp) {
  EXPECT_EQ(read(Format::sse, "error: {\"code\":500}\n\n", 7), Events{"error|{\"code\":500}"});
}

}  // namespace
}  // namespace diktate
