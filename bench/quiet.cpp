#include "bench/quiet.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "bench/stats.h"

namespace diktate::bench {
namespace {

constexpr std::size_t kFrame = kSampleRate / 50;        // 20 ms
constexpr std::size_t kQuietWindow = kSampleRate / 10;  // 100 ms
constexpr double kOverFloor = 1.995;                    // 6 dB
constexpr double kUnderLoud = 0.0316;                   // -30 dB
constexpr double kRoomTone = 0.000316;                  // -70 dBFS RMS

double energy(std::span<const float> samples) {
  double sum = 0;
  for (const float sample : samples) sum += double{sample} * sample;
  return sum;
}

// Counted from the end, so that a short rest is at the beginning.
std::vector<double> levels_from_the_end(std::span<const float> samples) {
  std::vector<double> levels;
  for (std::size_t end = samples.size(); end >= kFrame; end -= kFrame)
    levels.push_back(std::sqrt(energy(samples.subspan(end - kFrame, kFrame)) / kFrame));
  return levels;
}

std::size_t quietest_middle(std::span<const float> samples, std::size_t first, std::size_t last) {
  std::size_t best = last;
  double least = INFINITY;
  for (std::size_t start = first; start + kQuietWindow <= last; start += kFrame / 2) {
    const double loudness = energy(samples.subspan(start, kQuietWindow));
    if (loudness >= least) continue;
    least = loudness;
    best = start + kQuietWindow / 2;
  }
  return best;
}

}  // namespace

std::size_t end_of_speech(std::span<const float> samples) {
  const std::vector<double> levels = levels_from_the_end(samples);
  if (levels.empty()) return samples.size();
  const double threshold = std::max(percentile(levels, 10) * kOverFloor, percentile(levels, 95) * kUnderLoud);
  const auto loud =
      std::find_if(levels.begin(), levels.end(), [&](double level) { return level > threshold; });
  if (loud == levels.end()) return samples.size();
  return samples.size() - static_cast<std::size_t>(loud - levels.begin()) * kFrame;
}

std::vector<std::span<const float>> cut_at_quiet(std::span<const float> samples, std::size_t longest) {
  std::vector<std::span<const float>> pieces;
  while (samples.size() > longest) {
    const std::size_t cut = quietest_middle(samples, longest * 2 / 3, longest);
    pieces.push_back(samples.first(cut));
    samples = samples.subspan(cut);
  }
  if (!samples.empty()) pieces.push_back(samples);
  return pieces;
}

Samples room_tone(double length_s) {
  // Own scaling: what std::normal_distribution makes of the same seed differs between libraries.
  std::minstd_rand random(1);
  constexpr double kRange = static_cast<double>(std::minstd_rand::max());
  Samples noise(static_cast<std::size_t>(samples_of(length_s)));
  for (float& sample : noise)
    sample = static_cast<float>((static_cast<double>(random()) / kRange - 0.5) * std::sqrt(12.0) * kRoomTone);
  return noise;
}

}  // namespace diktate::bench
