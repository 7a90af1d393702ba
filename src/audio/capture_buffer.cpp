#include "audio/capture_buffer.h"

#include <algorithm>
#include <utility>

namespace diktate {
namespace {

// Rounded up: what is not captured as a whole is not captured.
std::int64_t samples_in(Nanoseconds duration) {
  return (duration.count() * kSampleRate + 999'999'999) / 1'000'000'000;
}

}  // namespace

CaptureBuffer::CaptureBuffer(const Clock& clock, const CaptureLimits& limits)
    : clock_(clock), limits_(limits), ring_(limits.capacity), captured_until_(clock.now()) {}

void CaptureBuffer::push(std::span<const float> samples, Instant until) {
  const std::lock_guard lock(mutex_);
  const auto room = limits_.capacity - static_cast<std::size_t>(available());
  const std::size_t count = std::min(samples.size(), room);
  lost_ += static_cast<std::int64_t>(samples.size() - count);
  const std::size_t at = static_cast<std::size_t>(written_) % limits_.capacity;
  const std::size_t straight = std::min(count, limits_.capacity - at);
  std::copy_n(samples.begin(), straight, ring_.begin() + static_cast<std::ptrdiff_t>(at));
  std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(straight), count - straight, ring_.begin());
  written_ += static_cast<std::int64_t>(count);
  last_data_ = clock_.now();
  const Instant previous = marks_.empty() ? captured_until_ : marks_.back().until;
  marks_.push_back({written_, std::max(previous, std::min(until, *last_data_))});
  if (!reading_) forget(std::max<std::int64_t>(available() - static_cast<std::int64_t>(limits_.preroll), 0));
  changed_.notify_all();
}

void CaptureBuffer::fail(Error error) {
  const std::lock_guard lock(mutex_);
  if (!error_) error_ = std::move(error);
  changed_.notify_all();
}

Result<std::size_t> CaptureBuffer::read(std::span<float> out, std::stop_token finish) {
  std::unique_lock lock(mutex_);
  if (!last_data_) last_data_ = clock_.now();
  if (!reading_ && marks_.empty()) captured_until_ = clock_.now();
  reading_ = true;
  if (!key_up_) await(out.size(), finish, lock);
  if (finish.stop_requested() && !key_up_) key_up_ = clock_.now();
  if (key_up_) return drain(out, lock);
  const auto count = static_cast<std::size_t>(available());
  if (count == 0 && error_) return tl::unexpected(*error_);
  hand_out(out.first(std::min(count, out.size())));
  // Fewer would mean that the end came by itself, and nobody would ask for the error.
  if (count < out.size()) std::fill(out.begin() + static_cast<std::ptrdiff_t>(count), out.end(), 0.0F);
  return out.size();
}

bool CaptureBuffer::alive() const {
  const std::lock_guard lock(mutex_);
  return !error_;
}

std::int64_t CaptureBuffer::lost() const {
  const std::lock_guard lock(mutex_);
  return lost_;
}

void CaptureBuffer::await(std::size_t count, std::stop_token finish, std::unique_lock<std::mutex>& lock) {
  const auto ready = [&] { return error_ || available() >= static_cast<std::int64_t>(count); };
  while (!ready() && !finish.stop_requested()) {
    const Instant deadline = *last_data_ + limits_.no_data;
    if (clock_.now() >= deadline) {
      error_ = Error{ErrorKind::timeout, "no data"};
      return;
    }
    changed_.wait_until(lock, finish, deadline, ready);
  }
}

Result<std::size_t> CaptureBuffer::drain(std::span<float> out, std::unique_lock<std::mutex>& lock) {
  const auto wanted = static_cast<std::int64_t>(out.size());
  const auto left = [&] { return captured_by(*key_up_) - handed_out_; };
  const auto complete = [&] {
    const bool covered = (marks_.empty() ? captured_until_ : marks_.back().until) >= *key_up_;
    return error_ || covered || left() >= wanted;
  };
  changed_.wait_until(lock, *key_up_ + limits_.drain, complete);
  const auto count = static_cast<std::size_t>(std::min(wanted, left()));
  hand_out(out.first(count));
  return count;
}

std::int64_t CaptureBuffer::captured_by(Instant when) const {
  std::int64_t count = handed_out_;
  for (const Mark& mark : marks_) {
    if (mark.until > when) return std::max(count, mark.end - samples_in(mark.until - when));
    count = mark.end;
  }
  return count;
}

// The mark of the last of them stays: hand_out() looks at it.
void CaptureBuffer::forget(std::int64_t count) {
  handed_out_ += count;
  while (!marks_.empty() && marks_.front().end < handed_out_) marks_.pop_front();
}

void CaptureBuffer::hand_out(std::span<float> out) {
  const std::size_t at = static_cast<std::size_t>(handed_out_) % limits_.capacity;
  const std::size_t straight = std::min(out.size(), limits_.capacity - at);
  std::copy_n(ring_.begin() + static_cast<std::ptrdiff_t>(at), straight, out.begin());
  std::copy_n(ring_.begin(), out.size() - straight, out.begin() + static_cast<std::ptrdiff_t>(straight));
  forget(static_cast<std::int64_t>(out.size()));
  if (out.empty() || marks_.empty()) return;
  const Mark& mark = marks_.front();
  captured_until_ = std::max(captured_until_, mark.until - duration_of(mark.end - handed_out_));
  if (mark.end == handed_out_) marks_.pop_front();
}

}  // namespace diktate
