#include "audio/downmix.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace diktate {
namespace {

float playable(float sample) { return std::isfinite(sample) ? std::clamp(sample, -1.0F, 1.0F) : 0.0F; }

}  // namespace

void append_mono(std::span<const float> interleaved, int channels, Samples& mono) {
  const auto width = static_cast<std::size_t>(channels);
  for (; interleaved.size() >= width; interleaved = interleaved.subspan(width)) {
    const auto frame = interleaved.first(width);
    const float sum = std::accumulate(frame.begin(), frame.end(), 0.0F,
                                      [](float total, float sample) { return total + playable(sample); });
    mono.push_back(sum / static_cast<float>(channels));
  }
}

}  // namespace diktate
