#include <cmath>
#include <numbers>
#include <vector>

#include "audio/cue_player.h"

namespace diktate {
namespace {

constexpr float kLoudness = 0.2F;

struct Notes {
  std::vector<double> hertz;
  double seconds;  // each
};

Notes notes_of(Cue cue) {
  switch (cue) {
    case Cue::start:
      return {{660, 880}, 0.06};
    case Cue::stop:
      return {{880, 660}, 0.06};
    case Cue::error:
      return {{330, 262}, 0.12};
  }
  return {};
}

}  // namespace

Samples cue_samples(Cue cue) {
  const Notes notes = notes_of(cue);
  const auto length = static_cast<std::size_t>(samples_of(notes.seconds));
  Samples samples;
  for (const double hertz : notes.hertz) {
    for (std::size_t i = 0; i < length; ++i) {
      const double rise = std::sin(std::numbers::pi * static_cast<double>(i) / static_cast<double>(length));
      const double phase = 2 * std::numbers::pi * hertz * static_cast<double>(i) / kSampleRate;
      samples.push_back(kLoudness * static_cast<float>(rise * rise * std::sin(phase)));
    }
  }
  return samples;
}

}  // namespace diktate
