// Between the thread that captures and the one that reads: samples, when each was captured, and how it ended.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>

#include "base/clock.h"
#include "base/result.h"
#include "core/values.h"

namespace diktate {

struct CaptureLimits {
  Nanoseconds no_data = std::chrono::seconds(2);       // without a sample, reading fails
  Nanoseconds drain = std::chrono::milliseconds(300);  // after `finish`, for samples that are on their way
  std::size_t capacity = std::size_t{30} * kSampleRate;
  std::size_t preroll = capacity;  // samples, the last of those that were captured before the first read
};

// One thread captures, one reads; both hold the lock for a copy only.
class CaptureBuffer {
 public:
  // `clock` is borrowed; it is CLOCK_MONOTONIC, or tests wait in vain.
  CaptureBuffer(const Clock& clock, const CaptureLimits& limits);

  // By the capturing thread: the next samples, the last of which was captured at `until`. What finds no room
  // is lost.
  void push(std::span<const float> samples, Instant until);
  // No more will come. The first error stays.
  void fail(Error error);

  // By the reading thread, as AudioSource::read() says. `finish` is key up at the instant at which it is
  // seen: samples captured until then are waited for, and later ones never handed out. Before an error
  // everything captured is handed out, filled up with silence to what was asked for. No data: `timeout`.
  Result<std::size_t> read(std::span<float> out, std::stop_token finish);

  // When the last sample handed out was captured, or reading began; goes forward only.
  Instant captured_until() const { return captured_until_; }

  // Whether more may come. Any thread.
  bool alive() const;

  // How many samples found no room.
  std::int64_t lost() const;

 private:
  // All samples up to the `end`th, from the one before, were captured up to `until`.
  struct Mark {
    std::int64_t end = 0;
    Instant until;
  };

  std::int64_t available() const { return written_ - handed_out_; }
  void await(std::size_t count, std::stop_token finish, std::unique_lock<std::mutex>& lock);
  Result<std::size_t> drain(std::span<float> out, std::unique_lock<std::mutex>& lock);
  std::int64_t captured_by(Instant when) const;
  void hand_out(std::span<float> out);
  void forget(std::int64_t count);

  const Clock& clock_;
  const CaptureLimits limits_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  Samples ring_;
  std::deque<Mark> marks_;  // of samples that are not handed out yet
  std::int64_t written_ = 0;
  std::int64_t handed_out_ = 0;
  std::int64_t lost_ = 0;
  bool reading_ = false;
  std::optional<Instant> last_data_;  // or the first read
  std::optional<Error> error_;
  std::optional<Instant> key_up_;
  Instant captured_until_;  // of the reading thread
};

}  // namespace diktate
