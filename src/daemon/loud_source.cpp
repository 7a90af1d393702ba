#include "daemon/loud_source.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace diktate {
namespace {

constexpr std::size_t kWindow = kSampleRate / 10;
constexpr float kFaintest = 1e-6F;  // -120 dBFS

class LoudSource final : public AudioSource {
 public:
  LoudSource(std::unique_ptr<AudioSource> source, LoudSourceListeners listeners)
      : source_(std::move(source)), listeners_(std::move(listeners)) {}

  Result<std::size_t> read(std::span<float> out, std::stop_token finish) override {
    const auto count = source_->read(out, std::move(finish));
    if (count) measure(out.first(*count));
    if (!count && listeners_.on_failure) listeners_.on_failure(count.error());
    return count;
  }

  void stop() override {
    source_->stop();
    if (listeners_.on_stop) listeners_.on_stop();
  }

  Instant captured_until() const override { return source_->captured_until(); }
  std::vector<std::string> warnings() const override { return source_->warnings(); }

 private:
  void measure(std::span<const float> samples) {
    for (const float sample : samples) peak_ = std::max(peak_, std::abs(sample));
    measured_ += samples.size();
    if (measured_ < kWindow) return;
    if (listeners_.on_level) listeners_.on_level(20.0 * std::log10(std::max(peak_, kFaintest)));
    measured_ = 0;
    peak_ = 0;
  }

  const std::unique_ptr<AudioSource> source_;
  const LoudSourceListeners listeners_;
  std::size_t measured_ = 0;
  float peak_ = 0;
};

}  // namespace

std::unique_ptr<AudioSource> make_loud(std::unique_ptr<AudioSource> source, LoudSourceListeners listeners) {
  return std::make_unique<LoudSource>(std::move(source), std::move(listeners));
}

}  // namespace diktate
