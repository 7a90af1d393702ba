#include "bench/breakdown.h"

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <utility>
#include <vector>

namespace diktate::bench {
namespace {

double ms(Nanoseconds time) { return std::chrono::duration<double, std::milli>(time).count(); }

// ms between key up and delivery during which a span of one of these names was open.
double covered(const Take& take, std::initializer_list<SpanName> names) {
  std::vector<std::pair<Instant, Instant>> open;
  for (const Span& span : take.spans) {
    if (std::find(names.begin(), names.end(), span.name) == names.end()) continue;
    open.emplace_back(std::max(span.start, take.key_up), std::min(span.end, take.delivered));
  }
  std::sort(open.begin(), open.end());
  Nanoseconds total{};
  Instant until = take.key_up;
  for (const auto& [start, end] : open) {
    total += std::max(Nanoseconds::zero(), end - std::max(start, until));
    until = std::max(until, end);
  }
  return ms(total);
}

}  // namespace

Breakdown after_key_up(const Take& take) {
  using enum SpanName;
  const double total = ms(take.delivered - take.key_up);
  return {.total = total,
          .queue = covered(take, {queue}),
          .work = covered(take, {work}),
          .join = covered(take, {join}),
          .clean = covered(take, {clean}),
          .deliver = covered(take, {deliver}),
          .other = total - covered(take, {queue, work, join, clean, deliver})};
}

}  // namespace diktate::bench
