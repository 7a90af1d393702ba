#include "audio/capture_buffer.h"

#include <array>
#include <thread>

#include <gtest/gtest.h>

#include "fakes/fake_clock.h"

namespace diktate::audio_test {
namespace {

using fakes::FakeClock;
using std::chrono::milliseconds;

// From `first` on, a sample each.
Samples counted(std::size_t count, int first = 1) {
  Samples samples(count);
  for (std::size_t i = 0; i < count; ++i) samples[i] = static_cast<float>(first + static_cast<int>(i));
  return samples;
}

std::stop_token requested() {
  std::stop_source source;
  source.request_stop();
  return source.get_token();
}

Samples read(CaptureBuffer& buffer, std::size_t count, std::stop_token finish = {}) {
  Samples out(count, -1.0F);
  const auto got = buffer.read(out, finish);
  EXPECT_TRUE(got);
  out.resize(got.value_or(0));
  return out;
}

TEST(CaptureBuffer, HandsOutWhatWasPushedInAnyPieces) {
  const FakeClock clock;
  CaptureBuffer buffer(clock, {.capacity = 100});
  int pushed = 1;
  int taken = 1;
  for (int round = 0; round < 50; ++round) {
    buffer.push(counted(70, pushed), clock.now());
    pushed += 70;
    EXPECT_EQ(read(buffer, 31), counted(31, taken));
    EXPECT_EQ(read(buffer, 39), counted(39, taken + 31));
    taken += 70;
  }
  EXPECT_EQ(buffer.lost(), 0);
}

TEST(CaptureBuffer, LosesWhatFindsNoRoomAndCountsIt) {
  const FakeClock clock;
  CaptureBuffer buffer(clock, {.capacity = 100});
  buffer.push(counted(130), clock.now());
  EXPECT_EQ(buffer.lost(), 30);
  EXPECT_EQ(read(buffer, 100), counted(100));
}

TEST(CaptureBuffer, BeginsWithThePreroll) {
  FakeClock clock;
  CaptureBuffer buffer(clock, {.capacity = 400, .preroll = 48});
  for (int pushed = 1; pushed < 1600; pushed += 160) {
    clock.advance(milliseconds(10));
    buffer.push(counted(160, pushed), clock.now());
  }
  EXPECT_EQ(read(buffer, 16), counted(16, 1600 - 48 + 1));
  EXPECT_EQ(buffer.captured_until(), clock.now() - milliseconds(2));
  buffer.push(counted(160, 1601), clock.now() + milliseconds(10));
  EXPECT_EQ(read(buffer, 192), counted(192, 1600 - 32 + 1)) << "what comes after the first read is kept";
  EXPECT_EQ(buffer.lost(), 0);
}

TEST(CaptureBuffer, IsAliveUntilItFails) {
  const FakeClock clock;
  CaptureBuffer buffer(clock, {});
  EXPECT_TRUE(buffer.alive());
  buffer.fail({ErrorKind::unavailable, "gone"});
  EXPECT_FALSE(buffer.alive());
}

TEST(CaptureBuffer, WaitsForSamplesThatAreNotCapturedYet) {
  const SteadyClock clock;
  CaptureBuffer buffer(clock, {});
  std::thread capturing([&] {
    for (int i = 0; i < 4; ++i) {
      std::this_thread::sleep_for(milliseconds(2));
      buffer.push(counted(100, 1 + i * 100), clock.now());
    }
  });
  EXPECT_EQ(read(buffer, 400), counted(400));
  capturing.join();
}

TEST(CaptureBuffer, KnowsWhenTheLastSampleHandedOutWasCaptured) {
  FakeClock clock;
  CaptureBuffer buffer(clock, {});
  const Instant start = clock.now();
  clock.advance(milliseconds(30));
  buffer.push(counted(320), start + milliseconds(20));
  read(buffer, 160);
  EXPECT_EQ(buffer.captured_until(), start + milliseconds(10));
  read(buffer, 160);
  EXPECT_EQ(buffer.captured_until(), start + milliseconds(20));
}

TEST(CaptureBuffer, WithoutASampleIsAtTheInstantAtWhichReadingBegan) {
  FakeClock clock;
  CaptureBuffer buffer(clock, {});
  clock.advance(milliseconds(30));
  EXPECT_TRUE(read(buffer, 160, requested()).empty());
  EXPECT_EQ(buffer.captured_until(), clock.now());
}

TEST(CaptureBuffer, IsNeverAheadOfTimeAndNeverGoesBack) {
  FakeClock clock;
  CaptureBuffer buffer(clock, {});
  clock.advance(milliseconds(20));
  buffer.push(counted(320), clock.now() + milliseconds(500));
  read(buffer, 320);
  EXPECT_EQ(buffer.captured_until(), clock.now());
  buffer.push(counted(16), clock.now() - milliseconds(15));
  read(buffer, 16);
  EXPECT_EQ(buffer.captured_until(), clock.now());
}

TEST(CaptureBuffer, EndsAtTheInstantOfFinishAndNotLater) {
  FakeClock clock;
  CaptureBuffer buffer(clock, {});
  const Instant start = clock.now();
  clock.advance(milliseconds(50));
  buffer.push(counted(320), start + milliseconds(40));
  EXPECT_EQ(read(buffer, 160), counted(160));
  buffer.push(counted(320, 321), start + milliseconds(50));
  const Samples first = read(buffer, 160, requested());  // key up at 50 ms
  EXPECT_EQ(first, counted(160, 161));
  clock.advance(milliseconds(20));
  buffer.push(counted(320, 641), start + milliseconds(70));
  EXPECT_EQ(read(buffer, 320, requested()), counted(320, 321));
  EXPECT_TRUE(read(buffer, 320, requested()).empty());
  EXPECT_EQ(buffer.captured_until(), start + milliseconds(50));
}

TEST(CaptureBuffer, WaitsAfterFinishForSamplesThatAreOnTheirWay) {
  const SteadyClock clock;
  CaptureBuffer buffer(clock, {.drain = std::chrono::seconds(20)});
  buffer.push(counted(160), clock.now());
  const Samples heard = read(buffer, 160, requested());  // key up
  EXPECT_EQ(heard.size(), 160);
  std::thread capturing([&] {
    std::this_thread::sleep_for(milliseconds(20));
    buffer.push(counted(320000, 161), clock.now());
  });
  const Samples rest = read(buffer, 400000, requested());
  EXPECT_GT(rest.size(), 0);       // captured before finish, which came some 20 ms before the push
  EXPECT_LT(rest.size(), 320000);  // the last of them were captured after it
  capturing.join();
}

TEST(CaptureBuffer, DoesNotWaitLongForSamplesThatNeverCome) {
  const SteadyClock clock;
  CaptureBuffer buffer(clock, {.drain = milliseconds(5)});
  EXPECT_TRUE(read(buffer, 160, requested()).empty());
}

TEST(CaptureBuffer, HandsOutEverythingBeforeAnError) {
  const FakeClock clock;
  CaptureBuffer buffer(clock, {});
  buffer.push(counted(100), clock.now());
  buffer.fail({ErrorKind::unavailable, "unplugged"});
  buffer.fail({ErrorKind::failed, "and more"});
  Samples expected = counted(100);
  expected.resize(160, 0.0F);
  EXPECT_EQ(read(buffer, 160), expected);
  std::array<float, 160> out{};
  const auto after = buffer.read(out, {});
  ASSERT_FALSE(after);
  EXPECT_EQ(after.error().message, "unplugged");
}

TEST(CaptureBuffer, FailsWhenNothingComes) {
  const SteadyClock clock;
  CaptureBuffer buffer(clock, {.no_data = milliseconds(5)});
  std::array<float, 160> out{};
  const auto read = buffer.read(out, {});
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::timeout);
}

}  // namespace
}  // namespace diktate::audio_test
