// A VoiceDetector for the tone language: whatever is not silent is speech.
#pragma once

#include <algorithm>
#include <string>

#include "core/ports.h"

namespace diktate::fakes {

class FakeDetector final : public VoiceDetector {
 public:
  std::size_t frame_samples() const override { return 512; }

  Result<float> probability(std::span<const float> frame) override {
    if (frames++ == fails_at) return fail(ErrorKind::failed, "the detector broke");
    return std::any_of(frame.begin(), frame.end(), [](float sample) { return sample != 0; }) ? 0.9F : 0.0F;
  }

  void reset() override { ++resets; }
  std::string name() const override { return "fake"; }

  int frames = 0;
  int resets = 0;
  int fails_at = -1;
};

}  // namespace diktate::fakes
