#include "bench/breakdown.h"

#include <gtest/gtest.h>

namespace diktate::bench {
namespace {

Instant at(int ms) { return Instant(std::chrono::seconds(5)) + std::chrono::milliseconds(ms); }

// Key up at 0 ms, delivered at 100.
Take take_with(std::vector<Span> spans) {
  Take take;
  take.key_up = at(0);
  take.delivered = at(100);
  take.spans = std::move(spans);
  return take;
}

Span span(SpanName name, int from, int to) { return {.name = name, .start = at(from), .end = at(to)}; }

TEST(Breakdown, CountsOnlyWhatComesAfterKeyUp) {
  const Breakdown parts =
      after_key_up(take_with({span(SpanName::work, -500, -200), span(SpanName::work, -30, 40),
                              span(SpanName::deliver, 90, 100), span(SpanName::work, 120, 180)}));
  EXPECT_DOUBLE_EQ(parts.total, 100);
  EXPECT_DOUBLE_EQ(parts.work, 40);
  EXPECT_DOUBLE_EQ(parts.deliver, 10);
  EXPECT_DOUBLE_EQ(parts.other, 50);
}

TEST(Breakdown, CountsSpansThatOverlapOnce) {
  const Breakdown parts = after_key_up(
      take_with({span(SpanName::queue, 0, 40), span(SpanName::queue, 10, 20), span(SpanName::work, 0, 70)}));
  EXPECT_DOUBLE_EQ(parts.queue, 40);
  EXPECT_DOUBLE_EQ(parts.work, 70);
  EXPECT_DOUBLE_EQ(parts.other, 30);
}

TEST(Breakdown, LeavesOutTheParentsOfSpans) {
  const Breakdown parts =
      after_key_up(take_with({span(SpanName::recognise, 0, 90), span(SpanName::work, 60, 90)}));
  EXPECT_DOUBLE_EQ(parts.other, 70);
}

}  // namespace
}  // namespace diktate::bench
