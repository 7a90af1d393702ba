#include "app/trace_tracks.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace diktate {
namespace {

using Positions = std::vector<std::size_t>;

bool holds(const Span& outer, const Span& inner) {
  return outer.start <= inner.start && inner.end <= outer.end;
}

bool cross(const Span& a, const Span& b) {
  return a.start < b.end && b.start < a.end && !holds(a, b) && !holds(b, a);
}

// Everything goes by start: what ended before the current span starts is out of the way of all that follow.
class Layout {
 public:
  explicit Layout(std::span<const Span> spans) : spans_(spans), families_(spans.size()) {
    result_.track.resize(spans.size());
  }

  TrackLayout run() {
    for (const Span& span : spans_) track_called(span.thread);
    const Positions order = by_start();
    find_kinds_that_cross(order);
    for (const std::size_t span : order) families_[root_of(span)].push_back(span);
    for (const std::size_t span : order) {
      if (!families_[span].empty()) place_family(span);
    }
    return std::move(result_);
  }

 private:
  // The spans of one name on one thread.
  using Kind = std::pair<std::string, SpanName>;

  Kind kind_of(std::size_t span) const { return {spans_[span].thread, spans_[span].name}; }

  std::size_t track_called(const std::string& name) {
    const auto found = std::find(result_.names.begin(), result_.names.end(), name);
    if (found != result_.names.end()) return static_cast<std::size_t>(found - result_.names.begin());
    result_.names.push_back(name);
    open_.emplace_back();
    return result_.names.size() - 1;
  }

  // Of two that start together the longer first, so that whatever holds another comes before it.
  Positions by_start() const {
    Positions order(spans_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return spans_[a].start != spans_[b].start ? spans_[a].start < spans_[b].start
                                                : spans_[a].end > spans_[b].end;
    });
    return order;
  }

  void forget_ended(Positions& open, Instant now) const {
    open.erase(
        std::remove_if(open.begin(), open.end(), [&](std::size_t span) { return spans_[span].end <= now; }),
        open.end());
  }

  bool crosses_any(std::size_t span, const Positions& others) const {
    return std::any_of(others.begin(), others.end(),
                       [&](std::size_t other) { return cross(spans_[span], spans_[other]); });
  }

  void find_kinds_that_cross(const Positions& order) {
    std::map<Kind, Positions> open;
    for (const std::size_t span : order) {
      Positions& same = open[kind_of(span)];
      forget_ended(same, spans_[span].start);
      if (crosses_any(span, same)) crossing_.insert(kind_of(span));
      same.push_back(span);
    }
  }

  bool stands_in_its_parent(std::size_t span) const {
    const auto parent = spans_[span].parent;
    return parent && *parent < spans_.size() && *parent != span &&
           spans_[*parent].thread == spans_[span].thread && holds(spans_[*parent], spans_[span]);
  }

  std::size_t root_of(std::size_t span) const {
    while (stands_in_its_parent(span)) span = *spans_[span].parent;
    return span;
  }

  bool fits(const Positions& family, std::size_t track) {
    forget_ended(open_[track], spans_[family.front()].start);
    return std::none_of(family.begin(), family.end(),
                        [&](std::size_t member) { return crosses_any(member, open_[track]); });
  }

  // A name whose spans cross one another leaves the thread's track altogether: scattered over two they mean
  // nothing.
  void place_family(std::size_t root) {
    const std::string own = spans_[root].thread + ": " + std::string(to_string(spans_[root].name));
    std::size_t track = track_called(crossing_.count(kind_of(root)) > 0 ? own : spans_[root].thread);
    for (int copy = 1; !fits(families_[root], track); ++copy) {
      track = track_called(copy == 1 ? own : own + " " + std::to_string(copy));
    }
    for (const std::size_t span : families_[root]) {
      result_.track[span] = track;
      open_[track].push_back(span);
    }
  }

  const std::span<const Span> spans_;
  TrackLayout result_;
  std::vector<Positions> families_;  // of each span that is a root: itself and all below it, by start
  std::vector<Positions> open_;      // of each track: what is on it and may not have ended yet
  std::set<Kind> crossing_;
};

}  // namespace

TrackLayout lay_out(std::span<const Span> spans) { return Layout(spans).run(); }

}  // namespace diktate
