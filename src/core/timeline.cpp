#include "core/timeline.h"

#include <utility>

#include "base/thread_name.h"

namespace diktate {
namespace {

// The end of a span that is still open.
constexpr Instant kOpen = Instant::max();

}  // namespace

std::string_view to_string(SpanName name) {
  switch (name) {
    case SpanName::open:
      return "open";
    case SpanName::prepare:
      return "prepare";
    case SpanName::first_sample:
      return "first_sample";
    case SpanName::hear:
      return "hear";
    case SpanName::segment:
      return "segment";
    case SpanName::recognise:
      return "recognise";
    case SpanName::queue:
      return "queue";
    case SpanName::work:
      return "work";
    case SpanName::join:
      return "join";
    case SpanName::clean_piece:
      return "clean_piece";
    case SpanName::clean:
      return "clean";
    case SpanName::connect:
      return "connect";
    case SpanName::load:
      return "load";
    case SpanName::prompt:
      return "prompt";
    case SpanName::decode:
      return "decode";
    case SpanName::gap:
      return "gap";
    case SpanName::deadline:
      return "deadline";
    case SpanName::verify:
      return "verify";
    case SpanName::deliver:
      return "deliver";
    case SpanName::insert:
      return "insert";
    case SpanName::close:
      return "close";
  }
  return "?";
}

Timeline::Scope Timeline::span(SpanName name, int index, std::optional<std::size_t> parent) {
  return span_since(clock_.now(), name, index, parent);
}

Timeline::Scope Timeline::span_since(Instant start, SpanName name, int index,
                                     std::optional<std::size_t> parent) {
  return Scope(this, add({name, index, parent, thread_name(), start, kOpen, false}));
}

std::size_t Timeline::add(Span span) {
  std::lock_guard lock(mutex_);
  spans_.push_back(std::move(span));
  return spans_.size() - 1;
}

std::vector<Span> Timeline::spans() const {
  std::lock_guard lock(mutex_);
  std::vector<Span> copy = spans_;
  for (Span& span : copy) {
    if (span.end == kOpen) span.end = clock_.now();
  }
  return copy;
}

void Timeline::Scope::end() {
  if (timeline_ == nullptr) return;
  std::lock_guard lock(timeline_->mutex_);
  timeline_->spans_[position_].end = timeline_->clock_.now();
  timeline_ = nullptr;
}

void Timeline::Scope::mark_cold() {
  if (timeline_ == nullptr) return;
  std::lock_guard lock(timeline_->mutex_);
  timeline_->spans_[position_].cold = true;
}

}  // namespace diktate
