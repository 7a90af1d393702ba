// An AudioSource over samples in memory that a test can let run, hold, or break at any sample.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/ports.h"
#include "fakes/fake_clock.h"

namespace diktate::fakes {

class FakeSource final : public AudioSource {
 public:
  explicit FakeSource(Samples samples) : samples_(std::move(samples)) {}

  Result<std::size_t> read(std::span<float> out, std::stop_token finish) override {
    if (at_ >= fails_at) return fail(ErrorKind::unavailable, "the microphone is gone");
    if (at_ >= holds_at) {
      if (on_hold) on_hold();
      while (!finish.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (at_ >= pauses_at && on_pause) std::exchange(on_pause, nullptr)();
    if (finish.stop_requested()) return std::size_t{0};
    const std::size_t count = std::min(out.size(), samples_.size() - at_);
    std::copy_n(samples_.begin() + static_cast<std::ptrdiff_t>(at_), count, out.begin());
    at_ += count;
    if (live_on != nullptr)
      live_on->advance(Nanoseconds(static_cast<std::int64_t>(count) * 1'000'000'000 / kSampleRate));
    captured_ = live_on != nullptr ? live_on->now() - lag : SteadyClock().now();
    return count;
  }

  Instant captured_until() const override { return captured_; }
  std::vector<std::string> warnings() const override { return given_warnings; }

  std::size_t holds_at = std::numeric_limits<std::size_t>::max();  // waits there until `finish`
  std::size_t fails_at = std::numeric_limits<std::size_t>::max();
  std::function<void()> on_hold;
  std::size_t pauses_at = std::numeric_limits<std::size_t>::max();  // calls on_pause there, once, and goes on
  std::function<void()> on_pause;
  FakeClock* live_on = nullptr;  // its time goes on as samples are read
  Nanoseconds lag{};             // live: how long before they are read they were captured
  std::vector<std::string> given_warnings;

 private:
  Samples samples_;
  std::size_t at_ = 0;
  Instant captured_{};
};

}  // namespace diktate::fakes
