#include <cmath>
#include <random>

#include <gtest/gtest.h>
#include <sndfile.h>

#include "audio/audio_fixture.h"
#include "audio/file_source.h"
#include "audio/memory_source.h"
#include "fakes/fake_clock.h"

namespace diktate::audio_test {
namespace {

using fakes::FakeClock;
using std::chrono::milliseconds;

std::unique_ptr<AudioSource> paced(std::size_t count, double speed, const Clock& clock,
                                   std::optional<Instant> start = {}) {
  Samples samples(count);
  for (std::size_t i = 0; i < count; ++i) samples[i] = static_cast<float>(i) / 1e6F;
  return std::move(open_memory({std::move(samples), speed, start}, clock)->source);
}

// Nanoseconds after the start at which that many samples are captured.
long double due(std::size_t count, double speed) {
  return static_cast<long double>(count) * 1e9L / (16000.0L * static_cast<long double>(speed));
}

class EveryPace : public testing::TestWithParam<std::tuple<std::size_t, double>> {};

TEST_P(EveryPace, NeverHandsOutASampleBeforeItIsCaptured) {
  const auto [block, speed] = GetParam();
  FakeClock clock;
  const auto source = paced(20000, speed, clock);
  const Instant start = clock.now();
  Samples samples(block);
  std::size_t total = 0;
  for (std::size_t count = block; count == block;) {
    const auto read = source->read(samples, {});
    ASSERT_TRUE(read);
    count = *read;
    for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(samples[i], static_cast<float>(total + i) / 1e6F);
    total += count;
    const auto waited = static_cast<long double>((clock.now() - start).count());
    ASSERT_GE(waited, due(total, speed) - 0.01L) << total;
    // Nor later: the reader does nothing else.
    ASSERT_LE(waited, due(total, speed) + 1.0L) << total;
    ASSERT_EQ(source->captured_until(), clock.now());
  }
  EXPECT_EQ(total, 20000U);
}

INSTANTIATE_TEST_SUITE_P(PacedSource, EveryPace,
                         testing::Combine(testing::Values(1, 7, 160, 512, 4096, 20000, 50000),
                                          testing::Values(0.1, 0.5, 1.0, 3.0, 7.77, 50.0, 1e5)));

TEST(PacedSource, StartsWithTheFirstRead) {
  FakeClock clock;
  const auto source = paced(1600, 1, clock);
  clock.advance(milliseconds(500));
  const Instant start = clock.now();
  EXPECT_EQ(read_all(*source, 160).size(), 1600U);
  EXPECT_EQ(source->captured_until(), start + milliseconds(100));
}

TEST(PacedSource, StartsWhenItIsTold) {
  FakeClock clock;
  const Instant start = clock.now() + milliseconds(30);
  const auto source = paced(1600, 1, clock, start);
  Samples samples(160);
  ASSERT_TRUE(source->read(samples, {}));
  EXPECT_EQ(clock.now(), start + milliseconds(10));
  EXPECT_EQ(source->captured_until(), start + milliseconds(10));
}

TEST(PacedSource, DoesNotDriftWhenItIsReadLate) {
  FakeClock clock;
  const auto source = paced(16000, 1, clock);
  const Instant start = clock.now();
  std::mt19937 random(1);
  Samples samples(160);
  for (std::size_t total = 160; total <= 16000; total += 160) {
    ASSERT_EQ(source->read(samples, {}).value(), samples.size());
    // The time of the last sample is the schedule's, however late it was read.
    ASSERT_EQ(source->captured_until(), start + Nanoseconds(62500 * static_cast<std::int64_t>(total)));
    clock.advance(std::chrono::microseconds(random() % 19000));
  }
}

TEST(PacedSource, HandsOutWhatIsThereWhenItIsStoppedWhileWaiting) {
  FakeClock clock;
  const auto source = paced(16000, 1, clock);
  const Instant start = clock.now();
  std::stop_source finish;
  clock.at(start + milliseconds(25), [&] { finish.request_stop(); });
  Samples samples(320);
  EXPECT_EQ(source->read(samples, finish.get_token()).value(), 320U);
  EXPECT_EQ(source->read(samples, finish.get_token()).value(), 80U);
  EXPECT_EQ(samples[79], 399.0F / 1e6F);
  EXPECT_EQ(source->captured_until(), start + milliseconds(25));
  EXPECT_EQ(clock.now(), start + milliseconds(25));
  clock.advance(milliseconds(500));
  EXPECT_EQ(source->read(samples, finish.get_token()).value(), 0U);
  EXPECT_EQ(source->captured_until(), start + milliseconds(25));
}

TEST(PacedSource, HandsOutAllThatWasCapturedBeforeFinishToALateReader) {
  FakeClock clock;
  const auto source = paced(16000, 1, clock);
  Samples samples(160);
  std::stop_source finish;
  ASSERT_TRUE(source->read(samples, finish.get_token()));
  clock.advance(milliseconds(645));  // more than is decoded at a time
  finish.request_stop();
  std::size_t total = 160;
  for (std::size_t count = samples.size(); count == samples.size(); total += count) {
    count = source->read(samples, finish.get_token()).value();
    clock.advance(milliseconds(10));
  }
  EXPECT_EQ(total, 655U * 16);
}

TEST(PacedSource, DoesNotWaitForMoreThanThereIs) {
  FakeClock clock;
  const auto source = paced(100, 1, clock);
  const Instant start = clock.now();
  Samples samples(16000);
  EXPECT_EQ(source->read(samples, {}).value(), 100U);
  EXPECT_EQ(clock.now(), start + Nanoseconds(62500 * 100));
  EXPECT_EQ(source->read(samples, {}).value(), 0U);
}

TEST(PacedSource, PacesAFileOfAnotherRate) {
  const TemporaryFolder folder;
  write_recording(folder / "a.flac", {.seconds = 1, .rate = 44100, .channels = 2},
                  SF_FORMAT_FLAC | SF_FORMAT_PCM_16);
  FakeClock clock;
  const Instant start = clock.now();
  auto audio = open_file({folder / "a.flac", 4}, clock);
  ASSERT_TRUE(audio);
  EXPECT_EQ(audio->expected_samples, 16000);
  Samples samples(512);
  ASSERT_EQ(audio->source->read(samples, {}).value(), 512U);
  EXPECT_EQ(clock.now(), start + milliseconds(8));
  EXPECT_EQ(read_all(*audio->source).size(), 16000U - 512);
  EXPECT_EQ(audio->source->captured_until(), start + milliseconds(250));
}

TEST(MemorySource, GivesItsSamplesAtOnceWithoutASpeed) {
  FakeClock clock;
  const Instant start = clock.now();
  const auto samples = interleaved_tone({.seconds = 1.1});
  auto audio = open_memory({samples}, clock);
  ASSERT_TRUE(audio);
  EXPECT_EQ(audio->expected_samples, 17600);
  EXPECT_EQ(read_all(*audio->source), samples);
  EXPECT_EQ(clock.now(), start);
}

}  // namespace
}  // namespace diktate::audio_test
