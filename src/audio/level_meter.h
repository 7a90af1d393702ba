// How loud a microphone is, and whether it hears anybody.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace diktate {

enum class Hearing { hears_you, very_quiet, clipped, silent, muted, no_data };

// "hears you", "silent: all samples are zero", ...
std::string_view to_string(Hearing hearing);

// One thread uses it.
class LevelMeter {
 public:
  void push(std::span<const float> samples);

  std::int64_t samples() const { return samples_; }
  // 0 is full scale; kSilence where every sample is zero.
  double peak_dbfs() const;
  double rms_dbfs() const;
  // Samples at full scale that follow one another.
  std::int64_t clipped() const { return clipped_; }

  // `muted`: what the sound server says.
  Hearing hearing(bool muted) const;

  static constexpr double kSilence = -120;  // dBFS

 private:
  std::int64_t samples_ = 0;
  std::int64_t clipped_ = 0;
  int run_ = 0;  // at full scale, up to the last sample
  double squares_ = 0;
  float peak_ = 0;
};

}  // namespace diktate
