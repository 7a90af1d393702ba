#include "audio/level_meter.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "core/values.h"

namespace diktate::audio_test {
namespace {

LevelMeter meter_of(float amplitude, float most = 1.0F) {
  Samples samples(kSampleRate);
  for (std::size_t i = 0; i < samples.size(); ++i)
    samples[i] = std::clamp(amplitude * std::sin(static_cast<float>(i) * 0.1F), -most, most);
  LevelMeter meter;
  meter.push(samples);
  return meter;
}

TEST(LevelMeter, MeasuresPeakAndRmsOfATone) {
  const LevelMeter meter = meter_of(0.1F);
  EXPECT_NEAR(meter.peak_dbfs(), -20, 0.1);
  EXPECT_NEAR(meter.rms_dbfs(), -23.01, 0.1);
  EXPECT_EQ(meter.hearing(false), Hearing::hears_you);
}

TEST(LevelMeter, CallsAToneThatIsCutOffClippedWhereverTheBlocksEnd) {
  EXPECT_EQ(meter_of(2).hearing(false), Hearing::clipped);
  const LevelMeter full = meter_of(0.99F);
  EXPECT_EQ(full.clipped(), 0);
  LevelMeter blocks;
  const Samples sample{1.0F};
  for (int i = 0; i < 9; ++i) blocks.push(sample);
  EXPECT_EQ(blocks.clipped(), 9);
}

TEST(LevelMeter, DoesNotCallAFewLoudSamplesClipped) {
  LevelMeter meter;
  const Samples samples{1.0F, 1.0F, 0.2F, 1.0F, -1.0F, 0.1F};
  for (int i = 0; i < 100; ++i) meter.push(samples);
  EXPECT_EQ(meter.hearing(false), Hearing::hears_you);
}

TEST(LevelMeter, TellsZeroFromQuiet) {
  EXPECT_EQ(meter_of(0).hearing(false), Hearing::silent);
  EXPECT_EQ(meter_of(0).peak_dbfs(), LevelMeter::kSilence);
  EXPECT_EQ(meter_of(0.001F).hearing(false), Hearing::very_quiet);
}

TEST(LevelMeter, SaysMutedBeforeAnythingElse) {
  EXPECT_EQ(meter_of(0).hearing(true), Hearing::muted);
  EXPECT_EQ(LevelMeter().hearing(false), Hearing::no_data);
}

}  // namespace
}  // namespace diktate::audio_test
