#include "core/segmenter.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace diktate {
namespace {

constexpr std::int64_t kQuietWindow = kSampleRate / 10;  // 100 ms

}  // namespace

SegmenterOptions batch_segments() {
  SegmenterOptions options;
  options.provisional = false;
  options.soft_length = 15.0;
  options.soft_pause = 0.6;
  options.firm_length = 20.0;
  options.firm_pause = 0.1;
  options.hard_length = 25.0;
  options.search_length = 5.0;
  return options;
}

Segmenter::Segmenter(const SegmenterOptions& options, std::size_t frame_samples, ReadyEnds ready)
    : options_(options), frame_samples_(static_cast<std::int64_t>(frame_samples)), ready_(std::move(ready)) {}

std::vector<std::int64_t> Segmenter::ready_ends() const {
  return ready_ ? ready_(piece_) : std::vector<std::int64_t>();
}

std::int64_t Segmenter::frames(double length) const {
  return static_cast<std::int64_t>(
      std::ceil(length * kSampleRate / static_cast<double>(frame_samples_) - 1e-9));
}

std::vector<SegmentEvent> Segmenter::push(std::span<const float> frame, float probability) {
  std::vector<SegmentEvent> events;
  buffer_.insert(buffer_.end(), frame.begin(), frame.end());
  speech_.push_back(probability > options_.speech_on);
  follow_speech(probability, events);
  if (!open_) {
    drop(static_cast<std::int64_t>(speech_.size()) - frames(options_.lead));
    return events;
  }
  offer(events);
  if (pause_closes()) {
    close(Cut::pause, events);
  } else if (static_cast<std::int64_t>(speech_.size()) >= frames(options_.hard_length)) {
    cut_in_speech(events);
  }
  return events;
}

std::vector<SegmentEvent> Segmenter::finish() {
  std::vector<SegmentEvent> events;
  if (open_) leave_a_tail(events);
  if (open_) close(Cut::end, events);
  return events;
}

void Segmenter::leave_a_tail(std::vector<SegmentEvent>& events) {
  const std::vector<std::int64_t> ready = ready_ends();
  const bool all = offered_ > 0 && !ready.empty() && ready.back() == start_ + offered_ * frame_samples_;
  if (all || buffer_end() - start_ < samples_of(options_.tail_length)) return;
  if (const auto pause = earlier_pause(ready)) close_first(*pause, Cut::pause, events);
}

// The last one that leaves enough, and not too much, after it, as a number of frames.
std::optional<std::int64_t> Segmenter::earlier_pause(std::span<const std::int64_t> ready) const {
  const auto leaves_enough = [&](std::int64_t end) {
    return buffer_end() - end >= samples_of(options_.least_tail);
  };
  const auto last = std::find_if(ready.rbegin(), ready.rend(), leaves_enough);
  if (last == ready.rend() || buffer_end() - *last > samples_of(options_.longest_tail)) return std::nullopt;
  return (*last - start_) / frame_samples_;
}

void Segmenter::follow_speech(float probability, std::vector<SegmentEvent>& events) {
  if (probability > options_.speech_on) {
    open_ = true;
    quiet_ = 0;
    if (std::exchange(offered_, 0) > 0) events.push_back({SegmentEvent::Kind::resumed, {.piece = piece_}});
  } else if (open_ && (quiet_ > 0 || probability < options_.speech_off)) {
    ++quiet_;
  }
}

void Segmenter::offer(std::vector<SegmentEvent>& events) {
  const auto size = static_cast<std::int64_t>(speech_.size());
  const bool pause = quiet_ >= frames(options_.provisional_pause);
  const bool due = options_.sketch_interval > 0 && size - last_offer_ >= frames(options_.sketch_interval);
  if (!options_.provisional || offered_ > 0 || !(pause || due)) return;
  last_offer_ = size;
  if (pause) offered_ = size;
  const auto kind = pause ? SegmentEvent::Kind::provisional : SegmentEvent::Kind::sketch;
  events.push_back({kind, take_out(size, Cut::pause)});
}

bool Segmenter::pause_closes() const {
  const auto size = static_cast<std::int64_t>(speech_.size());
  const auto paused = [&](double pause) { return quiet_ >= std::max<std::int64_t>(1, frames(pause)); };
  return (size >= frames(options_.soft_length) && paused(options_.soft_pause)) ||
         (size >= frames(options_.firm_length) && paused(options_.firm_pause)) || paused(options_.long_pause);
}

void Segmenter::close(Cut cut, std::vector<SegmentEvent>& events) {
  close_first(offered_ > 0 ? offered_ : static_cast<std::int64_t>(speech_.size()), cut, events);
  open_ = false;
}

// What is left begins the next segment.
void Segmenter::close_first(std::int64_t frame_count, Cut cut, std::vector<SegmentEvent>& events) {
  events.push_back({SegmentEvent::Kind::closed, take_out(frame_count, cut)});
  drop(frame_count);
  ++piece_;
  quiet_ = 0;
  offered_ = 0;
  last_offer_ = 0;
}

void Segmenter::cut_in_speech(std::vector<SegmentEvent>& events) {
  const std::int64_t still_quiet = quiet_;
  const auto pause = earlier_pause(ready_ends());
  close_first(pause ? *pause : quietest_boundary(), pause ? Cut::pause : Cut::forced, events);
  // What is left is open only if it has speech in it: silence opens nothing.
  open_ = std::find(speech_.begin(), speech_.end(), true) != speech_.end();
  if (open_) quiet_ = still_quiet;
}

Segment Segmenter::take_out(std::int64_t frame_count, Cut cut) const {
  const auto last = speech_.begin() + frame_count;
  const auto samples =
      std::min<std::int64_t>(frame_count * frame_samples_, static_cast<std::int64_t>(buffer_.size()));
  const auto first_speech = std::find(speech_.begin(), last, true) - speech_.begin();
  Segment segment;
  segment.piece = piece_;
  segment.start = start_;
  segment.samples.assign(buffer_.begin(), buffer_.begin() + samples);
  segment.speech = std::min(std::count(speech_.begin(), last, true) * frame_samples_, samples);
  segment.pause_before = std::max<std::int64_t>(0, start_ + first_speech * frame_samples_ - last_speech_end_);
  segment.cut = cut;
  return segment;
}

// Forgets the first frames of the buffer, and remembers where speech ended among them.
void Segmenter::drop(std::int64_t frame_count) {
  if (frame_count <= 0) return;
  const auto last = speech_.begin() + frame_count;
  const auto after_speech = std::find(std::reverse_iterator(last), speech_.rend(), true);
  if (after_speech != speech_.rend()) {
    last_speech_end_ = start_ + std::distance(after_speech, speech_.rend()) * frame_samples_;
  }
  const auto samples =
      std::min<std::int64_t>(frame_count * frame_samples_, static_cast<std::int64_t>(buffer_.size()));
  buffer_.erase(buffer_.begin(), buffer_.begin() + samples);
  speech_.erase(speech_.begin(), last);
  start_ += samples;
}

// The frame boundary nearest to the middle of the quietest 100 ms (least energy) of the last search_length.
std::int64_t Segmenter::quietest_boundary() const {
  const auto size = static_cast<std::int64_t>(buffer_.size());
  const std::int64_t first = std::max<std::int64_t>(0, size - samples_of(options_.search_length));
  const std::int64_t window = std::min(kQuietWindow, size - first);
  const auto square = [&](std::int64_t i) {
    const double sample = buffer_[static_cast<std::size_t>(i)];
    return sample * sample;
  };
  double energy = 0;
  for (std::int64_t i = first; i < first + window; ++i) energy += square(i);
  double least = energy;
  std::int64_t best = first;
  for (std::int64_t i = first + 1; i + window <= size; ++i) {
    energy += square(i + window - 1) - square(i - 1);
    if (energy < least) {
      least = energy;
      best = i;
    }
  }
  const std::int64_t boundary = (best + window / 2 + frame_samples_ / 2) / frame_samples_;
  return std::clamp<std::int64_t>(boundary, 1, static_cast<std::int64_t>(speech_.size()));
}

}  // namespace diktate
