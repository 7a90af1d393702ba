#include "audio/level_meter.h"

#include <algorithm>
#include <cmath>

namespace diktate {
namespace {

constexpr float kFullScale = 0.999F;
constexpr int kClippedRun = 3;               // a single sample at full scale may be one of a loud voice
constexpr std::int64_t kClippedSamples = 9;  // three such runs
constexpr double kQuietPeak = -40;  // dBFS; speech into a microphone that is set well peaks 20 dB above

double dbfs(double value) {
  return value > 0 ? std::max(20 * std::log10(value), LevelMeter::kSilence) : LevelMeter::kSilence;
}

}  // namespace

std::string_view to_string(Hearing hearing) {
  switch (hearing) {
    case Hearing::hears_you:
      return "hears you";
    case Hearing::very_quiet:
      return "very quiet";
    case Hearing::clipped:
      return "clipped";
    case Hearing::silent:
      return "silent: all samples are zero";
    case Hearing::muted:
      return "muted";
    case Hearing::no_data:
      return "no data";
  }
  return "?";
}

void LevelMeter::push(std::span<const float> samples) {
  for (const float sample : samples) {
    const float loudness = std::abs(sample);
    peak_ = std::max(peak_, loudness);
    squares_ += static_cast<double>(sample) * static_cast<double>(sample);
    run_ = loudness >= kFullScale ? run_ + 1 : 0;
    if (run_ == kClippedRun) clipped_ += kClippedRun;
    if (run_ > kClippedRun) ++clipped_;
  }
  samples_ += static_cast<std::int64_t>(samples.size());
}

double LevelMeter::peak_dbfs() const { return dbfs(static_cast<double>(peak_)); }

double LevelMeter::rms_dbfs() const {
  return samples_ == 0 ? kSilence : dbfs(std::sqrt(squares_ / static_cast<double>(samples_)));
}

Hearing LevelMeter::hearing(bool muted) const {
  if (muted) return Hearing::muted;
  if (samples_ == 0) return Hearing::no_data;
  if (peak_ == 0) return Hearing::silent;
  if (clipped_ >= kClippedSamples) return Hearing::clipped;
  return peak_dbfs() < kQuietPeak ? Hearing::very_quiet : Hearing::hears_you;
}

}  // namespace diktate
