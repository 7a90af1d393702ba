// The level of each frame, without rumble and mains hum, is compared with the noise floor: the lowest level
// of the last two seconds. Speech dips between syllables, so that its floor stays well below it; stationary
// noise does not, and is told from speech as soon as the window is full of it. Until a floor is known it is
// taken to be that of a quiet room, so that a take may begin in the middle of a word.
#include "vad/energy.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace diktate {
namespace {

constexpr std::size_t kFrame = 512;
constexpr std::size_t kWindow = 2 * kSampleRate / kFrame;  // frames
constexpr double kQuietRoom = -40.0;                       // dBFS: the highest floor that a take begins with
constexpr double kSilence = -120.0;                        // dBFS of digital silence
constexpr double kSlope = 1.5;  // dB over the margin in which the probability goes from 0.5 to 0.73
constexpr double kPole = 0.96;  // of the high pass: 100 Hz

class EnergyDetector final : public VoiceDetector {
 public:
  explicit EnergyDetector(const EnergyOptions& options) : options_(options) { reset(); }

  std::size_t frame_samples() const override { return kFrame; }

  Result<float> probability(std::span<const float> frame) override {
    if (frame.size() != kFrame)
      return fail(ErrorKind::invalid, "the energy detector takes frames of 512 samples");
    const double level = level_of(frame);
    levels_[next_] = level;
    next_ = (next_ + 1) % kWindow;
    const double floor = *std::min_element(levels_.begin(), levels_.end());
    if (level < options_.lowest_db) return 0.0F;
    return static_cast<float>(1.0 / (1.0 + std::exp((options_.floor_margin_db - (level - floor)) / kSlope)));
  }

  void reset() override {
    levels_.fill(kQuietRoom);
    next_ = 0;
    last_sample_ = 0.0;
    last_passed_ = 0.0;
  }

  std::string name() const override { return "energy"; }

 private:
  double level_of(std::span<const float> frame) {
    double sum = 0.0;
    for (const float sample : frame) {
      last_passed_ = kPole * (last_passed_ + static_cast<double>(sample) - last_sample_);
      last_sample_ = static_cast<double>(sample);
      sum += last_passed_ * last_passed_;
    }
    return std::max(kSilence, 10.0 * std::log10(sum / static_cast<double>(kFrame) + 1e-12));
  }

  EnergyOptions options_;
  std::array<double, kWindow> levels_;  // dBFS of the last frames, in a ring
  std::size_t next_;
  double last_sample_;
  double last_passed_;
};

}  // namespace

std::unique_ptr<VoiceDetector> make_energy_detector(const EnergyOptions& options) {
  return std::make_unique<EnergyDetector>(options);
}

}  // namespace diktate
