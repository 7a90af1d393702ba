#include "bench/quiet.h"

#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>

namespace diktate::bench {
namespace {

// A tone with a level of -20 dBFS.
Samples tone(double length_s) {
  Samples samples(static_cast<std::size_t>(samples_of(length_s)));
  for (std::size_t i = 0; i < samples.size(); ++i)
    samples[i] = 0.1414F * static_cast<float>(std::sin(0.05 * static_cast<double>(i)));
  return samples;
}

Samples operator+(Samples left, const Samples& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

TEST(EndOfSpeech, IsWhereTheLastLoudSoundEnds) {
  const Samples speech = room_tone(0.5) + tone(1.0) + room_tone(0.3) + tone(0.7);
  const auto end = end_of_speech(speech + room_tone(0.8));
  EXPECT_NEAR(static_cast<double>(end), static_cast<double>(speech.size()), kSampleRate / 50.0);
}

TEST(EndOfSpeech, IsTheEndWhenSpeechLastsThatLong) {
  const Samples speech = room_tone(0.5) + tone(1.0);
  EXPECT_EQ(end_of_speech(speech), speech.size());
}

TEST(EndOfSpeech, IsTheEndOfWhatIsTooShortToTell) { EXPECT_EQ(end_of_speech(Samples(100)), 100U); }

TEST(CutAtQuiet, LeavesShortAudioWhole) {
  const Samples speech = tone(3.0);
  const auto pieces = cut_at_quiet(speech, speech.size());
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_EQ(pieces[0].size(), speech.size());
}

TEST(CutAtQuiet, CutsInsideThePause) {
  const Samples speech = tone(8.0) + room_tone(0.2) + tone(5.0);
  const auto pieces = cut_at_quiet(speech, static_cast<std::size_t>(samples_of(10)));
  ASSERT_EQ(pieces.size(), 2U);
  const double cut = seconds(static_cast<std::int64_t>(pieces[0].size()));
  EXPECT_GT(cut, 8.0);
  EXPECT_LT(cut, 8.2);
}

TEST(CutAtQuiet, LosesNoSampleAndKeepsToTheLimit) {
  const Samples speech = tone(61.3);
  const auto longest = static_cast<std::size_t>(samples_of(7));
  std::size_t total = 0;
  for (const auto piece : cut_at_quiet(speech, longest)) {
    EXPECT_EQ(piece.data(), speech.data() + total);
    EXPECT_LE(piece.size(), longest);
    total += piece.size();
  }
  EXPECT_EQ(total, speech.size());
}

TEST(RoomTone, IsNoiseAtMinus70Decibels) {
  double energy = 0;
  const Samples noise = room_tone(1.0);
  for (const float sample : noise) energy += double{sample} * sample;
  EXPECT_NEAR(10 * std::log10(energy / static_cast<double>(noise.size())), -70.0, 0.5);
}

}  // namespace
}  // namespace diktate::bench
