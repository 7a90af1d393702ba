// Pacing is a promise about an absolute schedule, not about the time between two reads: a reader that is late
// finds the samples that were captured meanwhile and catches up, as with a microphone. Nothing can drift.
// What a read needs is decoded before it waits, so that the time it takes is hidden in the waiting.
#include "audio/decoded_source.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace diktate {
namespace {

// What is decoded and not yet handed out.
class Backlog {
 public:
  Backlog(std::unique_ptr<Decoder> decoder, const Clock& clock)
      : decoder_(std::move(decoder)), clock_(clock), last_taken_(clock.now()) {}

  // Fills `out`, decoding as needed; fewer only when there will be no more.
  Result<std::size_t> take(std::span<float> out, std::stop_token stop) {
    std::size_t filled = 0;
    while (filled < out.size()) {
      if (position_ == samples_.size()) {
        const auto more = refill(stop);
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
      }
      filled += copy_to(out.subspan(filled));
    }
    return filled;
  }

  const Decoder& decoder() const { return *decoder_; }
  Instant last_taken() const { return last_taken_; }

 private:
  Result<bool> refill(std::stop_token stop) {
    samples_.clear();
    position_ = 0;
    return decoder_->decode(samples_, stop);
  }

  std::size_t copy_to(std::span<float> out) {
    const std::size_t count = std::min(out.size(), samples_.size() - position_);
    std::copy_n(samples_.begin() + static_cast<std::ptrdiff_t>(position_), count, out.begin());
    position_ += count;
    if (count > 0) last_taken_ = clock_.now();
    return count;
  }

  std::unique_ptr<Decoder> decoder_;
  const Clock& clock_;
  Samples samples_;
  std::size_t position_ = 0;
  Instant last_taken_;
};

// Hands samples out as soon as they are decoded.
class DirectSource final : public AudioSource {
 public:
  DirectSource(std::unique_ptr<Decoder> decoder, const Clock& clock) : backlog_(std::move(decoder), clock) {}

  Result<std::size_t> read(std::span<float> out, std::stop_token finish) override {
    return backlog_.take(out, finish);
  }
  Instant captured_until() const override { return backlog_.last_taken(); }
  std::vector<std::string> warnings() const override { return backlog_.decoder().warnings(); }

 private:
  Backlog backlog_;
};

// When each sample is captured.
class Schedule {
 public:
  Schedule(Instant start, double speed) : start_(start), sample_ns_(1e9 / (kSampleRate * speed)) {}

  // The instant at which `count` samples are captured, rounded up.
  Instant captured(std::int64_t count) const {
    const double ns = std::ceil(static_cast<double>(count) * sample_ns_);
    return start_ + Nanoseconds(static_cast<std::int64_t>(ns));
  }

  // How many samples, of at most `most`, are captured by `when`.
  std::int64_t captured_by(Instant when, std::int64_t most) const {
    const double samples = static_cast<double>((when - start_).count()) / sample_ns_;
    auto count = static_cast<std::int64_t>(std::clamp(samples, 0.0, static_cast<double>(most)));
    while (count > 0 && captured(count) > when) --count;
    while (count < most && captured(count + 1) <= when) ++count;
    return count;
  }

 private:
  Instant start_;
  double sample_ns_;
};

// Hands samples out when a microphone would have.
class PacedSource final : public AudioSource {
 public:
  PacedSource(std::unique_ptr<Decoder> decoder, const Pace& pace, const Clock& clock)
      : backlog_(std::move(decoder), clock), pace_(pace), clock_(clock) {}

  Result<std::size_t> read(std::span<float> out, std::stop_token finish) override {
    const Schedule schedule = this->schedule();
    // A decoder that never waits is not told to stop: what is captured already must still come out of it.
    const auto decoded = backlog_.take(out, backlog_.decoder().waits() ? finish : std::stop_token{});
    if (!decoded || *decoded == 0) return decoded;
    const auto wanted = static_cast<std::int64_t>(*decoded);
    const auto ready = wait_for(schedule, handed_out_ + wanted, finish) - handed_out_;
    handed_out_ += ready;
    return static_cast<std::size_t>(ready);
  }

  Instant captured_until() const override {
    return pace_.start ? Schedule(*pace_.start, pace_.speed).captured(handed_out_) : clock_.now();
  }
  std::vector<std::string> warnings() const override { return backlog_.decoder().warnings(); }

 private:
  Schedule schedule() {
    if (!pace_.start) pace_.start = clock_.now();
    return Schedule(*pace_.start, pace_.speed);
  }

  // Waits until `count` samples are captured; fewer when `finish` comes first. The first time that it is seen
  // is the key up: no sample after it belongs to the take.
  std::int64_t wait_for(const Schedule& schedule, std::int64_t count, std::stop_token finish) {
    if (!key_up_ && clock_.sleep_until(schedule.captured(count), finish)) return count;
    if (!key_up_) key_up_ = clock_.now();
    return std::max(handed_out_, schedule.captured_by(*key_up_, count));
  }

  Backlog backlog_;
  Pace pace_;
  const Clock& clock_;
  std::int64_t handed_out_ = 0;
  std::optional<Instant> key_up_;
};

}  // namespace

Result<std::unique_ptr<AudioSource>> make_source(std::unique_ptr<Decoder> decoder, const Pace& pace,
                                                 const Clock& clock) {
  if (!std::isfinite(pace.speed) || pace.speed < 0) {
    return fail(ErrorKind::invalid, "the speed must be 0 or more");
  }
  if (pace.speed == 0) return std::make_unique<DirectSource>(std::move(decoder), clock);
  return std::make_unique<PacedSource>(std::move(decoder), pace, clock);
}

}  // namespace diktate
