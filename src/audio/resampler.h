// Brings mono audio of any rate to kSampleRate, block by block.
#pragma once

#include <memory>
#include <span>

#include "base/result.h"
#include "core/values.h"

namespace diktate {

// One thread uses it. n samples become round(n * kSampleRate / rate), in place: no delay at the front,
// nothing lost at the end, and always within [-1, 1].
class Resampler {
 public:
  static Result<Resampler> create(int rate);
  Resampler(Resampler&&) noexcept;
  Resampler& operator=(Resampler&&) noexcept;
  ~Resampler();

  // Appends to `out` what these samples complete; the last few wait for the next.
  Result<void> push(std::span<const float> samples, Samples& out);
  // Appends the rest. Nothing may be pushed afterwards.
  Result<void> finish(Samples& out);

 private:
  struct State;
  explicit Resampler(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace diktate
