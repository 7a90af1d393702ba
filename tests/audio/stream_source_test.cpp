#include "audio/stream_source.h"

#include <array>
#include <functional>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "audio/audio_fixture.h"
#include "base/files.h"
#include "fakes/fake_clock.h"

namespace diktate::audio_test {
namespace {

using Bytes = std::vector<std::byte>;

const SteadyClock kSteady;

// A pipe whose reading end is a source.
class StreamSource : public testing::Test {
 protected:
  StreamSource() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    in_ = UniqueFd(ends[0]);
    out_ = UniqueFd(ends[1]);
  }

  AudioSource& open(StreamSourceOptions options = {}, const Clock& clock = kSteady) {
    options.fd = in_.get();
    auto audio = open_stream(options, clock);
    EXPECT_TRUE(audio) << audio.error().message;
    source_ = std::move(audio->source);
    in_ = {};
    return *source_;
  }

  void write(std::span<const std::byte> bytes) {
    EXPECT_EQ(::write(out_.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  void hang_up() { out_ = {}; }

  // Writes in parts with a pause after each, then hangs up.
  std::jthread slow_writer(Bytes bytes, std::size_t part) {
    return std::jthread([this, bytes = std::move(bytes), part] {
      for (std::span<const std::byte> rest = bytes; !rest.empty();
           rest = rest.subspan(std::min(part, rest.size()))) {
        write(rest.first(std::min(part, rest.size())));
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
      hang_up();
    });
  }

  UniqueFd in_;
  UniqueFd out_;
  std::unique_ptr<AudioSource> source_;
};

Samples tone() { return interleaved_tone({.seconds = 0.2}); }

Bytes wav_tone(const PcmFormat& format) {
  Bytes bytes = wav_header({.format = format});
  const Bytes data = encode(
      interleaved_tone({.seconds = 0.5, .rate = format.rate, .channels = format.channels}), format.encoding);
  bytes.insert(bytes.end(), data.begin(), data.end());
  return bytes;
}

TEST_F(StreamSource, WaitsForASlowWriter) {
  AudioSource& source = open();
  const auto writer = slow_writer(encode(tone(), Encoding::s16le), 501);
  const Samples samples = read_all(source, 160);
  EXPECT_EQ(samples.size(), 3200U);
  expect_tone(samples, {});
}

TEST_F(StreamSource, ReadsWavThatArrivesInPieces) {
  AudioSource& source = open();
  const auto writer = slow_writer(wav_tone({44100, 2, Encoding::f32le}), 4099);
  const Samples samples = read_all(source, 100);
  EXPECT_EQ(samples.size(), 8000U);
  expect_tone(samples, {});
}

TEST_F(StreamSource, TakesTheFormatOfRawSamplesFromItsOptions) {
  AudioSource& source = open({.raw = {48000, 2, Encoding::s24le}});
  const Tone stereo{.seconds = 0.5, .rate = 48000, .channels = 2};
  const auto writer = slow_writer(encode(interleaved_tone(stereo), Encoding::s24le), 8191);
  const Samples samples = read_all(source);
  EXPECT_EQ(samples.size(), 8000U);
  expect_tone(samples, stereo);
}

TEST_F(StreamSource, HandsOutWhatArrivedBeforeTheWriterIsDone) {
  AudioSource& source = open();
  write(encode(tone(), Encoding::s16le));
  Samples samples(3200);
  const auto count = source.read(samples, {});
  ASSERT_TRUE(count);
  EXPECT_EQ(*count, samples.size());
}

TEST_F(StreamSource, IsWokenByFinish) {
  AudioSource& source = open();
  std::stop_source finish;
  const std::jthread key([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    finish.request_stop();
  });
  Samples samples(512);
  const auto count = source.read(samples, finish.get_token());
  ASSERT_TRUE(count);
  EXPECT_EQ(*count, 0U);
}

TEST_F(StreamSource, HandsOutWhatArrivedBeforeFinishAndNothingAfter) {
  AudioSource& source = open();
  const Bytes bytes = encode(tone(), Encoding::s16le);
  write(bytes);
  std::stop_source finish;
  finish.request_stop();
  Samples samples(512);
  std::size_t total = 0;
  for (std::size_t count = samples.size(); count == samples.size(); total += count) {
    count = source.read(samples, finish.get_token()).value();
    write(std::span(bytes).first(100));
  }
  EXPECT_EQ(total, 3200U);
  EXPECT_TRUE(source.warnings().empty());
}

TEST_F(StreamSource, DoesNotBlameAStreamThatWasStopped) {
  AudioSource& source = open();
  const Bytes bytes = wav_tone({});
  write(std::span(bytes).first(20));
  std::stop_source finish;
  finish.request_stop();
  Samples samples(512);
  const auto count = source.read(samples, finish.get_token());
  ASSERT_TRUE(count);
  EXPECT_EQ(*count, 0U);
}

TEST_F(StreamSource, NamesItselfInErrors) {
  AudioSource& source = open();
  hang_up();
  Samples samples(512);
  const auto empty = source.read(samples, {});
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().kind, ErrorKind::invalid);
  EXPECT_EQ(empty.error().message, "cannot read standard input: it ended before its first byte");
}

TEST_F(StreamSource, WarnsOfAStreamThatEndsEarly) {
  AudioSource& source = open();
  write(wav_header({.data_size = 32000}));
  write(Bytes(16000));
  hang_up();
  EXPECT_EQ(read_all(source).size(), 8000U);
  EXPECT_EQ(source.warnings(), std::vector<std::string>{"the stream ends early: 0.50 s of 1.00 s"});
}

TEST_F(StreamSource, IsCapturedWhenItIsRead) {
  fakes::FakeClock clock;
  AudioSource& source = open({}, clock);
  write(encode(tone(), Encoding::s16le));
  Samples samples(1000);
  ASSERT_TRUE(source.read(samples, {}));
  clock.advance(std::chrono::seconds(1));
  ASSERT_TRUE(source.read(samples, {}));
  EXPECT_EQ(source.captured_until(), clock.now());
  const Instant last = clock.now();
  clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(source.captured_until(), last);
}

TEST_F(StreamSource, CanBePaced) {
  fakes::FakeClock clock;
  const Instant start = clock.now();
  AudioSource& source = open({.speed = 2}, clock);
  write(encode(tone(), Encoding::s16le));
  hang_up();
  EXPECT_EQ(read_all(source, 500).size(), 3200U);
  EXPECT_EQ(source.captured_until(), start + std::chrono::milliseconds(100));
  EXPECT_EQ(clock.now(), start + std::chrono::milliseconds(100));
}

TEST(OpenStream, StopsAtFinishInAFile) {
  const TemporaryFolder folder;
  write_bytes(folder / "samples", Bytes(100000));
  const UniqueFd fd(::open((folder / "samples").c_str(), O_RDONLY | O_CLOEXEC));
  auto audio = open_stream({.fd = fd.get()}, kSteady);
  ASSERT_TRUE(audio);
  std::stop_source finish;
  finish.request_stop();
  Samples samples(512);
  EXPECT_EQ(audio->source->read(samples, finish.get_token()).value(), 0U);
}

TEST(OpenStream, SaysWhatIsWrongWithItsOptions) {
  const auto closed = open_stream({.fd = -1}, kSteady);
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().message, "cannot read standard input: Bad file descriptor");
  const auto rate = open_stream({.raw = {.rate = 10}}, kSteady);
  ASSERT_FALSE(rate);
  EXPECT_EQ(rate.error().message,
            "cannot read standard input with a rate of 10 Hz, not between 1000 and 768000");
}

}  // namespace
}  // namespace diktate::audio_test
