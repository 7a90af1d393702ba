#include "model/sounds.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace diktate::sounds {
namespace {

constexpr std::size_t kLength = 6 * kSampleRate;

Samples white(unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  Samples samples(kLength);
  std::generate(samples.begin(), samples.end(), [&] { return normal(random); });
  return samples;
}

// White noise through three leaky integrators: about 3 dB less an octave (after Paul Kellet's economy
// filter).
Samples pink(unsigned seed) {
  Samples samples = white(seed);
  double slow = 0;
  double middle = 0;
  double fast = 0;
  for (float& sample : samples) {
    const double noise = sample;
    slow = 0.99765 * slow + noise * 0.0990460;
    middle = 0.96300 * middle + noise * 0.2965164;
    fast = 0.57000 * fast + noise * 1.0526913;
    sample = static_cast<float>(slow + middle + fast + noise * 0.1848);
  }
  return samples;
}

// A mains tone with its odd harmonics.
Samples hum(double hertz) {
  Samples samples(kLength);
  for (std::size_t i = 0; i < kLength; ++i) {
    const double phase = 2 * std::numbers::pi * hertz * static_cast<double>(i) / kSampleRate;
    samples[i] = static_cast<float>(std::sin(phase) + 0.3 * std::sin(3 * phase) + 0.1 * std::sin(5 * phase));
  }
  return samples;
}

// A key being struck: 2 ms of decaying noise, `per_second` times.
Samples clicks(double per_second, unsigned seed) {
  const Samples noise = white(seed);
  Samples samples(kLength);
  const auto period = static_cast<std::size_t>(kSampleRate / per_second);
  for (std::size_t i = 0; i < kLength; ++i) {
    const double age = static_cast<double>(i % period);
    samples[i] = noise[i] * static_cast<float>(std::exp(-age / 32.0));
  }
  return samples;
}

// Noise of a breath's colour (300 Hz to 3 kHz) that swells for `seconds` every three.
Samples breath(double seconds, unsigned seed) {
  Samples samples = white(seed);
  double low = 0;
  double high = 0;
  for (std::size_t i = 0; i < kLength; ++i) {
    low += 0.7 * (samples[i] - low);
    high += 0.11 * (low - high);
    const double at = std::fmod(static_cast<double>(i) / kSampleRate, 3.0) / seconds;
    const double swell = at < 1 ? std::sin(std::numbers::pi * at) : 0.0;
    samples[i] = static_cast<float>((low - high) * swell * swell);
  }
  return samples;
}

}  // namespace

std::vector<Sound> no_speech() {
  std::vector<Sound> all{{"silence", Samples(kLength)}, {"dither", at_level(white(1), -90)}};
  for (const int dbfs : {-60, -50, -40, -30, -20}) {
    const std::string at = " at " + std::to_string(dbfs) + " dBFS";
    const auto seed = static_cast<unsigned>(100 - dbfs);
    all.push_back({"white noise" + at, at_level(white(seed), dbfs)});
    all.push_back({"pink noise" + at, at_level(pink(seed), dbfs)});
    all.push_back({"hum of 50 Hz" + at, at_level(hum(50), dbfs)});
    all.push_back({"hum of 60 Hz" + at, at_level(hum(60), dbfs)});
  }
  for (const int per_second : {1, 2, 3, 5, 8, 12}) {
    all.push_back(
        {"clicks, " + std::to_string(per_second) + " a second", at_level(clicks(per_second, 7), -35)});
  }
  for (const double length : {0.4, 0.8, 1.2, 2.0}) {
    for (const int dbfs : {-50, -40, -30}) {
      all.push_back({"breaths of " + std::to_string(length) + " s at " + std::to_string(dbfs) + " dBFS",
                     at_level(breath(length, 9), dbfs)});
    }
  }
  return all;
}

double level(const Samples& samples) {
  double sum = 1e-20;
  for (const float sample : samples) sum += double{sample} * sample;
  return 10 * std::log10(sum / static_cast<double>(samples.size()));
}

Samples at_level(Samples samples, double dbfs) {
  const auto gain = static_cast<float>(std::pow(10.0, (dbfs - level(samples)) / 20));
  for (float& sample : samples) sample = std::clamp(sample * gain, -1.0F, 1.0F);
  return samples;
}

}  // namespace diktate::sounds
