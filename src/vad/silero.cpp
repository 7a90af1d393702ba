#include "vad/silero.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "onnx/checksums.h"
#include "onnx/session.h"

namespace diktate {
namespace {

constexpr std::size_t kNewSamples = 512;  // a call
constexpr std::size_t kContext = 64;      // samples before them, which the model wants to see again
constexpr std::size_t kState = 2 * 128;   // of its recurrent layer

class Silero final : public VoiceDetector {
 public:
  explicit Silero(OnnxSession session) : session_(std::move(session)) {
    inputs_[0] = {"input", OnnxTensor::borrow<float>(samples_, {1, kContext + kNewSamples})};
    inputs_[1] = {"state", OnnxTensor::borrow<float>(state_, {2, 1, 128})};
    inputs_[2] = {"sr", OnnxTensor::borrow<std::int64_t>(rate_, {})};
    outputs_[0] = {"output", OnnxTensor::borrow<float>(probability_, {1, 1})};
    outputs_[1] = {"stateN", OnnxTensor::borrow<float>(next_state_, {2, 1, 128})};
  }

  std::size_t frame_samples() const override { return kNewSamples; }

  Result<float> probability(std::span<const float> frame) override {
    if (frame.size() != kNewSamples) return fail(ErrorKind::invalid, "Silero takes frames of 512 samples");
    std::copy(samples_.end() - kContext, samples_.end(), samples_.begin());
    std::copy(frame.begin(), frame.end(), samples_.begin() + kContext);
    if (auto ran = session_.run(inputs_, outputs_); !ran) return tl::unexpected(ran.error());
    state_ = next_state_;
    return std::clamp(probability_[0], 0.0F, 1.0F);
  }

  void reset() override {
    samples_.fill(0.0F);
    state_.fill(0.0F);
  }

  std::string name() const override { return "silero"; }

 private:
  OnnxSession session_;
  std::array<float, kContext + kNewSamples> samples_ = {};
  std::array<float, kState> state_ = {};
  std::array<float, kState> next_state_ = {};
  std::array<float, 1> probability_ = {};
  std::array<std::int64_t, 1> rate_ = {kSampleRate};
  std::array<OnnxBinding, 3> inputs_;
  std::array<OnnxBinding, 2> outputs_;
};

}  // namespace

Result<std::unique_ptr<VoiceDetector>> make_silero(const SileroOptions& options) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(options.model, ignored)) {
    return fail(ErrorKind::unavailable,
                "the voice detector's model " + options.model.string() + " is missing");
  }
  if (auto whole = verify_file(options.model); !whole) return tl::unexpected(whole.error());
  auto session = OnnxSession::load(options.model, OnnxOptions{});
  if (!session) return tl::unexpected(Error{ErrorKind::invalid, session.error().message});
  return std::make_unique<Silero>(std::move(*session));
}

}  // namespace diktate
