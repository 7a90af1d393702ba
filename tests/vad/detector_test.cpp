// What every voice detector promises, asked of both. The label model is for Silero, which needs its model.
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "audio/file_source.h"
#include "model/sounds.h"
#include "skip.h"
#include "vad/energy.h"
#include "vad/silero.h"

namespace diktate {
namespace {

class Detector : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (std::string(GetParam()) == "energy") {
      detector = make_energy_detector();
      return;
    }
    const char* models = std::getenv("DIKTATE_MODELS");
    const std::filesystem::path model =
        std::filesystem::path(models == nullptr ? "" : models) / "silero" / "silero_vad_v6.onnx";
    auto made = make_silero({.model = model});
    if (!made) DIKTATE_SKIP(made.error().message);
    detector = std::move(*made);
  }

  std::vector<float> listen(const Samples& samples) const {
    std::vector<float> probabilities;
    const std::size_t frame = detector->frame_samples();
    for (std::size_t at = 0; at + frame <= samples.size(); at += frame) {
      probabilities.push_back(detector->probability(std::span(samples).subspan(at, frame)).value());
    }
    return probabilities;
  }

  static Samples jfk() {
    const char* file = std::getenv("DIKTATE_JFK");
    const SteadyClock clock;
    auto audio = open_file({.path = file == nullptr ? "" : file}, clock);
    Samples samples(11 * kSampleRate);
    if (!audio || audio->source->read(samples, {}).value_or(0) < samples.size()) return {};
    return samples;
  }

  std::unique_ptr<VoiceDetector> detector;
};

TEST_P(Detector, TakesFramesOf512SamplesAndNoOthers) {
  EXPECT_EQ(detector->frame_samples(), 512U);
  EXPECT_FALSE(detector->probability(Samples(511)));
}

TEST_P(Detector, SaysNoToSilenceAndToSteadyNoise) {
  for (const float probability : listen(Samples(3 * kSampleRate))) EXPECT_LT(probability, 0.5F);
  for (const auto& sound : sounds::no_speech()) {
    if (sound.name != "white noise at -40 dBFS") continue;
    detector->reset();
    const auto heard = listen(sound.samples);
    // The energy detector needs two seconds to know a noise.
    for (std::size_t i = 70; i < heard.size(); ++i) EXPECT_LT(heard[i], 0.5F) << "frame " << i;
  }
}

TEST_P(Detector, HearsSpeechLoudAndSoftAndThePausesInIt) {
  const Samples speech = jfk();
  if (speech.empty()) DIKTATE_SKIP("DIKTATE_JFK names no recording");
  for (const double dbfs : {-20.0, -40.0}) {
    detector->reset();
    const auto heard = listen(sounds::at_level(speech, dbfs));
    const auto frames = std::count_if(heard.begin(), heard.end(), [](float p) { return p > 0.5F; });
    EXPECT_GT(frames, static_cast<std::ptrdiff_t>(heard.size()) / 4) << dbfs << " dBFS";
    EXPECT_LT(frames, static_cast<std::ptrdiff_t>(heard.size())) << dbfs << " dBFS";
  }
}

TEST_P(Detector, ForgetsEverythingWhenReset) {
  const Samples speech = jfk();
  if (speech.empty()) DIKTATE_SKIP("DIKTATE_JFK names no recording");
  const auto first = listen(speech);
  const auto not_reset = listen(speech);
  detector->reset();
  EXPECT_EQ(listen(speech), first);
  EXPECT_NE(not_reset, first);
}

INSTANTIATE_TEST_SUITE_P(Backends, Detector, testing::Values("energy", "silero"),
                         [](const auto& backend) { return std::string(backend.param); });

}  // namespace
}  // namespace diktate
