#include "audio/resampler.h"

#include <cmath>

#include <gtest/gtest.h>

#include "audio/audio_fixture.h"

namespace diktate::audio_test {
namespace {

Samples resample(std::span<const float> samples, int rate, std::size_t block) {
  auto resampler = Resampler::create(rate);
  EXPECT_TRUE(resampler);
  Samples out;
  for (; !samples.empty(); samples = samples.subspan(std::min(block, samples.size()))) {
    EXPECT_TRUE(resampler->push(samples.first(std::min(block, samples.size())), out));
  }
  EXPECT_TRUE(resampler->finish(out));
  return out;
}

TEST(Resampler, MakesExactlyAsManySamplesAsTheRateSays) {
  for (const int rate :
       {1000, 8000, 11025, 15999, 16000, 16001, 22050, 44100, 48000, 96000, 192000, 768000}) {
    for (const int count : {0, 1, 2, 3, 100, 4095, 4096, 4097, 50001}) {
      const Samples in(static_cast<std::size_t>(count), 0.1F);
      const auto expected = std::llround(count * 16000.0 / rate);
      EXPECT_NEAR(static_cast<double>(resample(in, rate, 1000).size()), static_cast<double>(expected), 1)
          << count << " at " << rate;
    }
  }
}

TEST(Resampler, DoesNotDependOnTheSizeOfTheBlocks) {
  const auto in = interleaved_tone({.seconds = 0.5, .rate = 44100});
  const Samples expected = resample(in, 44100, in.size());
  for (const std::size_t block : {1UL, 100UL, 4096UL, 9999UL})
    EXPECT_EQ(resample(in, 44100, block), expected);
}

TEST(Resampler, KeepsEverySampleInItsPlace) {
  for (const int rate : {8000, 44100, 48000, 192000}) {
    const Tone tone{.hertz = 300, .seconds = 1, .rate = rate};
    const Samples out = resample(interleaved_tone(tone), rate, 4096);
    const auto expected = interleaved_tone({.hertz = 300, .seconds = 1});
    ASSERT_EQ(out.size(), expected.size());
    for (std::size_t i = 320; i + 320 < out.size(); ++i) ASSERT_NEAR(out[i], expected[i], 0.002F) << i;
  }
}

}  // namespace
}  // namespace diktate::audio_test
