// The server makes 16 kHz mono of what the microphone has, in fragments of 20 ms. Its thread puts them in a
// buffer with the instant at which they were captured; nothing else happens there.
#include "audio/pulse_source.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <utility>

#include <pulse/context.h>
#include <pulse/error.h>
#include <pulse/stream.h>

#include "audio/capture_buffer.h"
#include "audio/pulse_connection.h"
#include "audio/spare_source.h"

namespace diktate {
namespace {

constexpr pa_sample_spec kCaptureFormat{PA_SAMPLE_FLOAT32NE, kSampleRate, 1};
constexpr std::size_t kFragment = kSampleRate / 50;  // samples
constexpr auto kFlags =
    static_cast<pa_stream_flags_t>(PA_STREAM_START_CORKED | PA_STREAM_DONT_MOVE | PA_STREAM_ADJUST_LATENCY |
                                   PA_STREAM_AUTO_TIMING_UPDATE | PA_STREAM_INTERPOLATE_TIMING);

CaptureLimits limits_of(const PulseSourceOptions& options) {
  CaptureLimits limits;
  if (options.preroll > Nanoseconds::zero())
    limits.preroll = static_cast<std::size_t>(options.preroll.count() * kSampleRate / 1'000'000'000);
  return limits;
}

class PulseSource final : public SpareSource {
 public:
  PulseSource(std::unique_ptr<PulseConnection> connection, Microphone microphone,
              const PulseSourceOptions& options, const Clock& clock)
      : connection_(std::move(connection)),
        microphone_(std::move(microphone)),
        options_(options),
        clock_(clock),
        buffer_(clock, limits_of(options)) {}

  ~PulseSource() override { disconnect(); }
  PulseSource(const PulseSource&) = delete;
  PulseSource& operator=(const PulseSource&) = delete;

  Result<void> open();
  void put_on();
  bool is_current() const override;

  Result<std::size_t> read(std::span<float> out, std::stop_token finish) override;
  void stop() override { disconnect(); }
  Instant captured_until() const override { return buffer_.captured_until(); }
  std::vector<std::string> warnings() const override;

 private:
  static PulseSource& of(void* self) { return *static_cast<PulseSource*>(self); }
  void watch();
  void disconnect();
  void on_state();
  void on_data();
  void push(std::span<const float> samples);
  Error stream_error() const;
  std::string name() const { return "the microphone '" + microphone_.description + "'"; }

  const std::unique_ptr<PulseConnection> connection_;
  const Microphone microphone_;
  const PulseSourceOptions options_;
  const Clock& clock_;
  CaptureBuffer buffer_;
  pa_stream* stream_ = nullptr;
  std::atomic<bool> suspended_ = false;
  std::atomic<bool> was_suspended_ = false;
  std::atomic<bool> overflowed_ = false;
  bool is_on_ = false;
  std::int64_t heard_ = 0;
  bool silent_ = true;  // every sample so far is zero
  bool too_long_ = false;
};

Result<void> PulseSource::open() {
  const PulseConnection::Lock lock(*connection_);
  stream_ = pa_stream_new(connection_->context(), "dictation", &kCaptureFormat, nullptr);
  if (stream_ == nullptr) return tl::unexpected(stream_error());
  watch();
  pa_buffer_attr wanted{};
  wanted.maxlength = static_cast<std::uint32_t>(-1);
  wanted.fragsize = kFragment * sizeof(float);
  if (pa_stream_connect_record(stream_, microphone_.name.c_str(), &wanted, kFlags) < 0)
    return tl::unexpected(stream_error());
  const auto ready = connection_->wait([&] {
    const auto state = pa_stream_get_state(stream_);
    return state == PA_STREAM_READY || PA_STREAM_IS_GOOD(state) == 0;
  });
  if (!ready) return fail(ready.error().kind, "the sound server: " + ready.error().message);
  if (pa_stream_get_state(stream_) != PA_STREAM_READY) return tl::unexpected(stream_error());
  suspended_ = pa_stream_is_suspended(stream_) > 0;
  return {};
}

void PulseSource::watch() {
  pa_stream_set_state_callback(
      stream_, [](pa_stream*, void* self) { of(self).on_state(); }, this);
  pa_stream_set_read_callback(
      stream_, [](pa_stream*, std::size_t, void* self) { of(self).on_data(); }, this);
  const auto on_suspended = [](pa_stream* stream, void* self) {
    of(self).suspended_ = pa_stream_is_suspended(stream) > 0;
    if (of(self).suspended_) of(self).was_suspended_ = true;
  };
  pa_stream_set_suspended_callback(stream_, on_suspended, this);
  pa_stream_set_overflow_callback(
      stream_, [](pa_stream*, void* self) { of(self).overflowed_ = true; }, this);
}

void PulseSource::disconnect() {
  if (stream_ == nullptr) return;
  const PulseConnection::Lock lock(*connection_);
  pa_stream_set_read_callback(stream_, nullptr, nullptr);
  pa_stream_set_state_callback(stream_, nullptr, nullptr);
  pa_stream_set_suspended_callback(stream_, nullptr, nullptr);
  pa_stream_set_overflow_callback(stream_, nullptr, nullptr);
  pa_stream_disconnect(stream_);
  pa_stream_unref(std::exchange(stream_, nullptr));
}

void PulseSource::on_state() {
  if (PA_STREAM_IS_GOOD(pa_stream_get_state(stream_)) == 0) buffer_.fail(stream_error());
  connection_->wake();
}

void PulseSource::on_data() {
  const void* data = nullptr;
  std::size_t bytes = 0;
  while (pa_stream_readable_size(stream_) > 0 && pa_stream_peek(stream_, &data, &bytes) >= 0 && bytes > 0) {
    const std::size_t count = bytes / sizeof(float);
    const Samples hole(data == nullptr ? count : 0);  // the time goes on where samples are missing
    push(data == nullptr ? std::span<const float>(hole) : std::span(static_cast<const float*>(data), count));
    pa_stream_drop(stream_);
  }
}

// `samples` is what was peeked at and not yet dropped: the latency is the age of its first sample.
void PulseSource::push(std::span<const float> samples) {
  Instant until = clock_.now();
  pa_usec_t latency = 0;
  int negative = 0;
  if (pa_stream_get_latency(stream_, &latency, &negative) >= 0 && negative == 0)
    until += duration_of(static_cast<std::int64_t>(samples.size())) - std::chrono::microseconds(latency);
  buffer_.push(samples, until);
}

Error PulseSource::stream_error() const {
  switch (pa_context_errno(connection_->context())) {
    case PA_ERR_KILLED:
      return {ErrorKind::unavailable, name() + " is gone: unplugged or switched off"};
    case PA_ERR_CONNECTIONTERMINATED:
      return {ErrorKind::unavailable, "the sound server ended, and " + name() + " with it"};
    case PA_ERR_NOENTITY:
      return {ErrorKind::unavailable, name() + " is not there any more"};
    default:
      return {ErrorKind::failed, name() + ": " + connection_->last_error()};
  }
}

void PulseSource::put_on() {
  is_on_ = true;
  const PulseConnection::Lock lock(*connection_);
  if (pa_operation* operation = pa_stream_cork(stream_, 0, nullptr, nullptr); operation != nullptr)
    pa_operation_unref(operation);
}

// By the answer to its own connection the stream knows, too, if its microphone was gone before; a new one
// knows the default.
bool PulseSource::is_current() const {
  const auto mine = connection_->source(microphone_.name);
  if (!mine || !buffer_.alive() || suspended_) return false;
  if (microphone_.name == options_.source) return true;
  const auto connection = PulseConnection::open(PulseConnection::Servers::running);
  if (!connection) return false;
  const auto chosen = (*connection)->source(options_.source);
  return chosen && chosen->name == microphone_.name;
}

Result<std::size_t> PulseSource::read(std::span<float> out, std::stop_token finish) {
  if (!is_on_) put_on();
  const std::int64_t left =
      options_.longest.value_or(heard_ + static_cast<std::int64_t>(out.size())) - heard_;
  const auto wanted =
      out.first(std::min(out.size(), static_cast<std::size_t>(std::max<std::int64_t>(left, 0))));
  auto count = wanted.empty() ? Result<std::size_t>(0) : buffer_.read(wanted, finish);
  if (!count && count.error().kind == ErrorKind::timeout) {
    return fail(ErrorKind::timeout, name() + (suspended_ ? " is suspended: no sound came from it for 2 s"
                                                         : " gave no sound for 2 s"));
  }
  if (!count) return count;
  heard_ += static_cast<std::int64_t>(*count);
  const auto is_zero = [](float sample) { return sample == 0; };
  silent_ = silent_ && std::all_of(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(*count), is_zero);
  too_long_ = *count == wanted.size() && wanted.size() < out.size();
  return count;
}

std::vector<std::string> PulseSource::warnings() const {
  std::vector<std::string> warnings;
  if (options_.source.empty() && source_of_environment().empty() && microphone_.monitor)
    warnings.push_back(name() + " hears what is played: no other source is the default one");
  if (heard_ > 0 && silent_) {
    const auto now = connection_->source(microphone_.name);
    const bool muted = microphone_.muted || (now && now->muted);
    warnings.push_back(name() + (muted ? " is muted" : " is silent: all samples are zero"));
  }
  if (was_suspended_) warnings.push_back(name() + " was suspended for a while");
  if (overflowed_ || buffer_.lost() > 0)
    warnings.push_back("some sound of " + name() + " was lost: the machine is too busy");
  if (too_long_) warnings.push_back("the take was ended: it was as long as a take may be");
  return warnings;
}

}  // namespace

Result<std::unique_ptr<SpareSource>> open_spare(const PulseSourceOptions& options, const Clock& clock) {
  auto connection = PulseConnection::open();
  if (!connection) return tl::unexpected(connection.error());
  auto microphone = (*connection)->source(options.source);
  if (!microphone) return tl::unexpected(microphone.error());
  auto source = std::make_unique<PulseSource>(std::move(*connection), std::move(*microphone), options, clock);
  if (auto opened = source->open(); !opened) return tl::unexpected(opened.error());
  if (options.on_at_once || options.preroll > Nanoseconds::zero()) source->put_on();
  return source;
}

Result<OpenedAudio> open_pulse(const PulseSourceOptions& options, const Clock& clock) {
  auto source = open_spare(options, clock);
  if (!source) return tl::unexpected(source.error());
  return OpenedAudio{std::move(*source), std::nullopt};
}

}  // namespace diktate
