#include "audio/resampler.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include <soxr.h>

namespace diktate {
namespace {

constexpr std::size_t kResampledAtOnce = 4096;  // samples asked of soxr at a time

struct Delete {
  void operator()(soxr* resampler) const { soxr_delete(resampler); }
};

}  // namespace

// `filter` is null when the rate is right already.
struct Resampler::State {
  std::unique_ptr<soxr, Delete> filter;

  // One call: at most kResampledAtOnce samples are appended to `out`; `more` says that it was as many. A null
  // `samples` means the end.
  struct Step {
    std::size_t used = 0;
    bool more = false;
  };
  Result<Step> step(const float* samples, std::size_t count, Samples& out) const {
    const std::size_t before = out.size();
    out.resize(before + kResampledAtOnce);
    std::size_t used = 0;
    std::size_t made = 0;
    const soxr_error_t error =
        soxr_process(filter.get(), samples, count, &used, out.data() + before, kResampledAtOnce, &made);
    out.resize(before + made);
    if (error != nullptr) return fail(ErrorKind::failed, std::string("cannot resample: ") + error);
    // The filter overshoots where the input is clipped.
    for (std::size_t i = before; i < out.size(); ++i) out[i] = std::clamp(out[i], -1.0F, 1.0F);
    return Step{used, made == kResampledAtOnce};
  }
};

Resampler::Resampler(std::unique_ptr<State> state) : state_(std::move(state)) {}
Resampler::Resampler(Resampler&&) noexcept = default;
Resampler& Resampler::operator=(Resampler&&) noexcept = default;
Resampler::~Resampler() = default;

Result<Resampler> Resampler::create(int rate) {
  auto state = std::make_unique<State>();
  if (rate == kSampleRate) return Resampler(std::move(state));
  const soxr_io_spec_t format = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
  const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
  soxr_error_t error = nullptr;
  state->filter.reset(soxr_create(rate, kSampleRate, 1, &error, &format, &quality, nullptr));
  if (!state->filter) {
    return fail(ErrorKind::failed, "cannot resample from " + std::to_string(rate) + " Hz: " + error);
  }
  return Resampler(std::move(state));
}

Result<void> Resampler::push(std::span<const float> samples, Samples& out) {
  if (!state_->filter) {
    out.insert(out.end(), samples.begin(), samples.end());
    return {};
  }
  for (bool more = true; more || !samples.empty();) {
    const auto step = state_->step(samples.data(), samples.size(), out);
    if (!step) return tl::unexpected(step.error());
    samples = samples.subspan(step->used);
    more = step->more;
  }
  return {};
}

Result<void> Resampler::finish(Samples& out) {
  for (bool more = state_->filter != nullptr; more;) {
    const auto step = state_->step(nullptr, 0, out);
    if (!step) return tl::unexpected(step.error());
    more = step->more;
  }
  return {};
}

}  // namespace diktate
