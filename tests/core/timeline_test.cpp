#include "core/timeline.h"

#include <thread>

#include <gtest/gtest.h>

#include "base/thread_name.h"

namespace diktate {
namespace {

TEST(Timeline, KeepsScopesWithTheirThreadAndParent) {
  const SteadyClock clock;
  Timeline timeline(clock);
  std::thread([&] {
    set_thread_name("worker");
    auto outer = timeline.span(SpanName::recognise, 3);
    outer.mark_cold();
    const auto inner = timeline.span(SpanName::work, 3, outer.position());
  }).join();
  const auto spans = timeline.spans();
  ASSERT_EQ(spans.size(), 2U);
  EXPECT_EQ(spans[0].name, SpanName::recognise);
  EXPECT_EQ(spans[0].thread, "worker");
  EXPECT_TRUE(spans[0].cold);
  EXPECT_FALSE(spans[1].cold);
  EXPECT_EQ(spans[1].parent, 0U);
  EXPECT_EQ(spans[1].index, 3);
  EXPECT_LE(spans[0].start, spans[1].start);
  EXPECT_GE(spans[0].end, spans[1].end);
}

TEST(Timeline, EndsASpanOnceAndShowsOpenOnesAsEndingNow) {
  const SteadyClock clock;
  Timeline timeline(clock);
  auto ended = timeline.span(SpanName::join);
  ended.end();
  const Instant end = timeline.spans()[0].end;
  ended.end();
  const auto open = timeline.span(SpanName::close);
  EXPECT_EQ(timeline.spans()[0].end, end);
  const Span shown = timeline.spans()[1];
  EXPECT_GE(shown.end, shown.start);
  EXPECT_LE(shown.end, clock.now());
}

TEST(Timeline, NamesEverySpan) {
  for (int name = 0; name <= static_cast<int>(SpanName::close); ++name) {
    EXPECT_NE(to_string(static_cast<SpanName>(name)), "?");
  }
}

}  // namespace
}  // namespace diktate
