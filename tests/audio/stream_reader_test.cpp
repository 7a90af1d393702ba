#include "audio/stream_reader.h"

#include <cmath>
#include <limits>
#include <string_view>

#include <gtest/gtest.h>

#include "audio/audio_fixture.h"
#include "audio/wav_header.h"

namespace diktate::audio_test {
namespace {

using Bytes = std::vector<std::byte>;

struct Heard {
  Samples samples;
  std::optional<PcmFormat> format;
  std::vector<std::string> warnings;
  std::string error;
};

// Pushes the bytes in two parts, or in equal ones of `block`.
Heard hear(std::span<const std::byte> bytes, std::size_t first, std::size_t block,
           const PcmFormat& raw = {}) {
  Heard heard;
  StreamReader reader(raw);
  const auto push = [&](std::span<const std::byte> part) {
    if (auto done = reader.push(part, heard.samples); !done) heard.error = done.error().message;
  };
  push(bytes.first(first));
  for (bytes = bytes.subspan(first); !bytes.empty(); bytes = bytes.subspan(std::min(block, bytes.size()))) {
    push(bytes.first(std::min(block, bytes.size())));
  }
  if (auto done = reader.finish(heard.samples); !done) heard.error = done.error().message;
  heard.format = reader.format();
  heard.warnings = reader.warnings();
  return heard;
}

Heard hear(std::span<const std::byte> bytes, const PcmFormat& raw = {}) {
  return hear(bytes, 0, bytes.size() + 1, raw);
}

// A ramp that is different in every sample, and its mean over the channels.
Samples ramp(std::size_t count) {
  Samples samples;
  for (std::size_t i = 0; i < count; ++i) samples.push_back(static_cast<float>(i % 64) / 64 - 0.5F);
  return samples;
}

Samples mean(const Samples& interleaved, std::size_t channels) {
  Samples mono;
  for (std::size_t at = 0; at + channels <= interleaved.size(); at += channels) {
    float sum = 0;
    for (std::size_t i = 0; i < channels; ++i) sum += interleaved[at + i];
    mono.push_back(sum / static_cast<float>(channels));
  }
  return mono;
}

void expect_near(const Samples& samples, const Samples& expected, float tolerance) {
  ASSERT_EQ(samples.size(), expected.size());
  for (std::size_t i = 0; i < samples.size(); ++i) ASSERT_NEAR(samples[i], expected[i], tolerance) << i;
}

Bytes wav_stream(const WavHeader& header, const Samples& samples) {
  Bytes bytes = wav_header(header);
  const Bytes data = encode(samples, header.format.encoding);
  bytes.insert(bytes.end(), data.begin(), data.end());
  return bytes;
}

const Encoding kEncodings[] = {Encoding::u8,    Encoding::s16le, Encoding::s24le,
                               Encoding::s32le, Encoding::f32le, Encoding::f64le};

float tolerance_of(Encoding encoding) { return encoding == Encoding::u8 ? 0.01F : 0.0001F; }

TEST(StreamReader, ReadsWavOfEveryEncoding) {
  for (const Encoding encoding : kEncodings) {
    for (const int channels : {1, 2, 6}) {
      for (const bool extensible : {false, true}) {
        SCOPED_TRACE(std::string(to_string(encoding)) + " " + std::to_string(channels));
        const Samples samples = ramp(60);
        const PcmFormat format{44100, channels, encoding};
        const Heard heard = hear(wav_stream({.format = format, .extensible = extensible}, samples));
        EXPECT_EQ(heard.error, "");
        EXPECT_EQ(heard.format, format);
        EXPECT_TRUE(heard.warnings.empty());
        expect_near(heard.samples, mean(samples, static_cast<std::size_t>(channels)), tolerance_of(encoding));
      }
    }
  }
}

TEST(StreamReader, ReadsRawSamplesOfEveryEncoding) {
  for (const Encoding encoding : kEncodings) {
    for (const int channels : {1, 2, 32}) {
      const Samples samples = ramp(64);
      const PcmFormat raw{8000, channels, encoding};
      const Heard heard = hear(encode(samples, encoding), raw);
      EXPECT_EQ(heard.format, raw);
      expect_near(heard.samples, mean(samples, static_cast<std::size_t>(channels)), tolerance_of(encoding));
    }
  }
}

TEST(StreamReader, DecodesTheEndsOfTheScaleExactly) {
  const auto decode = [](Encoding encoding, std::initializer_list<int> values) {
    Bytes bytes;
    for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
    return hear(bytes, {16000, 1, encoding}).samples;
  };
  EXPECT_EQ(decode(Encoding::u8, {0x00, 0x80, 0xC0, 0x40, 0x80}), (Samples{-1.0F, 0.0F, 0.5F, -0.5F, 0.0F}));
  EXPECT_EQ(decode(Encoding::s16le, {0x00, 0x80, 0x00, 0x40, 0x00, 0xC0}), (Samples{-1.0F, 0.5F, -0.5F}));
  EXPECT_EQ(decode(Encoding::s24le, {0x00, 0x00, 0x80, 0x00, 0x00, 0x40, 0x00, 0x00, 0xC0}),
            (Samples{-1.0F, 0.5F, -0.5F}));
  EXPECT_EQ(decode(Encoding::s32le, {0x00, 0x00, 0x00, 0x80, 0x00, 0x00, 0x00, 0x40}),
            (Samples{-1.0F, 0.5F}));
}

TEST(StreamReader, GivesTheSameSamplesForEverySplit) {
  for (const WavHeader& header :
       {WavHeader{.format = {48000, 2, Encoding::s24le}, .extensible = true, .extra_chunk = 7},
        WavHeader{.format = {16000, 3, Encoding::u8}, .data_size = 60},
        WavHeader{.format = {16000, 1, Encoding::f64le}, .data_size = 0}}) {
    const Bytes bytes = wav_stream(header, ramp(60));
    const Heard whole = hear(bytes);
    EXPECT_EQ(whole.error, "");
    ASSERT_FALSE(whole.samples.empty());
    for (std::size_t first = 0; first <= bytes.size(); ++first) {
      ASSERT_EQ(hear(bytes, first, bytes.size()).samples, whole.samples) << first;
    }
    for (const std::size_t block : {1UL, 2UL, 3UL, 5UL, 13UL}) {
      ASSERT_EQ(hear(bytes, 0, block).samples, whole.samples) << block;
    }
  }
}

TEST(StreamReader, SplitsRawSamplesAnywhere) {
  const Bytes bytes = encode(ramp(60), Encoding::s24le);
  const PcmFormat raw{16000, 2, Encoding::s24le};
  const Heard whole = hear(bytes, raw);
  ASSERT_EQ(whole.samples.size(), 30U);
  for (std::size_t first = 0; first <= bytes.size(); ++first) {
    ASSERT_EQ(hear(bytes, first, bytes.size(), raw).samples, whole.samples) << first;
  }
  ASSERT_EQ(hear(bytes, 0, 1, raw).samples, whole.samples);
}

TEST(StreamReader, SkipsChunksThatItDoesNotKnow) {
  for (const std::uint32_t size : {1U, 2U, 3U, 100U, 70001U}) {
    const Heard heard = hear(wav_stream({.extra_chunk = size}, ramp(20)));
    EXPECT_EQ(heard.error, "");
    expect_near(heard.samples, ramp(20), 0.0001F);
  }
}

TEST(StreamReader, EndsWithTheDataChunkWhenItsSizeIsKnown) {
  Bytes bytes = wav_stream({.data_size = 40}, ramp(20));
  append(bytes, "LIST....and more that is no sound");
  const Heard heard = hear(bytes);
  EXPECT_EQ(heard.samples.size(), 20U);
  EXPECT_TRUE(heard.warnings.empty());
}

TEST(StreamReader, ReadsOnToTheEndWhereTheSizeOfTheDataIsUnknown) {
  for (const std::uint32_t size :
       {0U, 0x7FFFF000U - 4, 0x7FFFF000U, 0x7FFFFFFFU, 0x80000000U, 0xFFFFFFFFU - 36, 0xFFFFFFFFU}) {
    const Heard heard = hear(wav_stream({.data_size = size}, ramp(20)));
    EXPECT_EQ(heard.samples.size(), 20U);
    EXPECT_TRUE(heard.warnings.empty()) << size;
  }
}

TEST(StreamReader, ReadsTheLongSizesOfRf64) {
  Bytes bytes;
  append(bytes, "RF64");
  append_number(bytes, 0xFFFFFFFFU);
  append(bytes, "WAVEds64");
  append_number(bytes, 28U);
  append_number(bytes, std::uint64_t{1000});
  append_number(bytes, std::uint64_t{40});
  append_number(bytes, std::uint64_t{20});
  append_number(bytes, 0U);
  const Bytes rest = wav_stream({}, ramp(20));
  bytes.insert(bytes.end(), rest.begin() + 12, rest.end());
  append(bytes, "trailing chunk");
  const Heard heard = hear(bytes);
  EXPECT_EQ(heard.error, "");
  EXPECT_EQ(heard.samples.size(), 20U);
}

TEST(StreamReader, WarnsOfAStreamThatEndsEarly) {
  const Heard heard = hear(wav_stream({.data_size = 32000 * 10}, ramp(16000 * 4)));
  EXPECT_EQ(heard.samples.size(), 64000U);
  EXPECT_EQ(heard.warnings, std::vector<std::string>{"the stream ends early: 4.00 s of 10.00 s"});
  Bytes odd = encode(ramp(20), Encoding::s16le);
  odd.push_back(std::byte{1});
  EXPECT_EQ(hear(odd).warnings, std::vector<std::string>{"the stream ends in the middle of a sample"});
}

TEST(StreamReader, TakesAShortRawStreamForSamples) {
  Bytes bytes(2, std::byte{0x40});
  EXPECT_EQ(hear(bytes).samples.size(), 1U);
  EXPECT_EQ(hear(bytes, 1, 1).samples.size(), 1U);
}

TEST(StreamReader, SaysWhatIsWrongWithAStream) {
  const auto error_of = [](std::string_view text) { return hear(std::as_bytes(std::span(text))).error; };
  EXPECT_EQ(error_of(""), "it ended before its first byte");
  EXPECT_NE(error_of("fLaC and so on").find("it is FLAC"), std::string::npos);
  EXPECT_NE(error_of("OggS and so on").find("it is OGG"), std::string::npos);
  EXPECT_NE(error_of("ID3\x04 and so on").find("it is MP3"), std::string::npos);
  EXPECT_NE(error_of("fLaC").find("it is FLAC"), std::string::npos);
  EXPECT_NE(error_of(std::string_view("\0\0\0\x18"
                                      "ftypM4A and so on",
                                      21))
                .find("it is MP4 or M4A"),
            std::string::npos);
  EXPECT_NE(error_of("\x1A\x45\xDF\xA3 and so on").find("it is WebM"), std::string::npos);
  EXPECT_NE(error_of(".snd and so on").find("it is AU"), std::string::npos);
  EXPECT_NE(error_of("RIFX and so on").find("big-endian"), std::string::npos);
  EXPECT_EQ(error_of("RIFF....AVI LIST"), "it is a RIFF stream, but not WAV");
  EXPECT_EQ(error_of("RIFF....WAV"), "it ended inside its WAV header, before the first sample");
  EXPECT_EQ(error_of("RIFF....WAVEdata\x10\x10\x10\x10"), "its WAV header does not say what its samples are");
  EXPECT_EQ(error_of(std::string_view("RIFF....WAVEfmt \x00\x00\x00\x00", 20)),
            "its format chunk is cut short");
}

TEST(StreamReader, TakesWhatLooksLikeMp3ForSamplesAndSaysSo) {
  const auto warnings_of = [](std::string_view text) {
    return hear(std::as_bytes(std::span(text))).warnings;
  };
  const std::vector<std::string> told{"the stream begins as MP3 does, and is taken for raw samples"};
  EXPECT_EQ(warnings_of("\xFF\xFB\x90\x64 and so on"), told);
  EXPECT_EQ(warnings_of("\xFF\xF3\x88\xC4 and so on"), told);
  EXPECT_TRUE(warnings_of("\xFF\xFF\x90\x64 and so on").empty()) << "samples of -1 and 25744";
  EXPECT_TRUE(warnings_of("\xFF\xFB\xF0\x64 and so on").empty()) << "there is no such bit rate";
}

// The header of 16-bit mono with some bytes changed: what is said of it.
std::string error_with(std::size_t at, std::initializer_list<int> bytes) {
  Bytes header = wav_stream({}, ramp(4));
  for (const int byte : bytes) header[at++] = static_cast<std::byte>(byte);
  return hear(header).error;
}

TEST(StreamReader, SaysWhatIsWrongWithAFormat) {
  EXPECT_EQ(error_with(20, {1, 0}), "");
  EXPECT_EQ(error_with(20, {0x55, 0}), "its samples are compressed (format 0x0055), not PCM or float");
  EXPECT_EQ(error_with(20, {3, 0}), "its samples have 16 bits");
  EXPECT_EQ(error_with(20, {0xFE, 0xFF}), "its format chunk is cut short");
  EXPECT_EQ(error_with(22, {0, 0}), "it has 0 channels, not between 1 and 32");
  EXPECT_EQ(error_with(22, {0xFF, 0xFF}), "it has 65535 channels, not between 1 and 32");
  EXPECT_EQ(error_with(24, {0, 0, 0, 0}), "it has a rate of 0 Hz, not between 1000 and 768000");
  EXPECT_NE(error_with(24, {0xFF, 0xFF, 0xFF, 0xFF}), "");
  EXPECT_EQ(error_with(32, {0, 0}), "its header contradicts itself: 1 channels of 16 bits in 0 bytes");
  EXPECT_EQ(error_with(34, {0, 0}), "its header contradicts itself: 1 channels of 0 bits in 2 bytes");
}

TEST(StreamReader, IgnoresEverythingAfterAnError) {
  StreamReader reader({});
  Samples samples;
  EXPECT_FALSE(reader.push(std::as_bytes(std::span(std::string_view("fLaC and so on"))), samples));
  EXPECT_TRUE(reader.complete());
  EXPECT_TRUE(reader.push(Bytes(100), samples));
  EXPECT_TRUE(reader.finish(samples));
  EXPECT_TRUE(samples.empty());
}

TEST(StreamReader, HearsSilenceWhereASampleIsNoNumber) {
  Bytes bytes;
  for (const double value : {std::nan(""), HUGE_VAL, -HUGE_VAL, 1e300, -3.0, 0.5})
    append_number(bytes, value);
  EXPECT_EQ(hear(bytes, {16000, 1, Encoding::f64le}).samples, (Samples{0, 0, 0, 1, -1, 0.5F}));
}

}  // namespace
}  // namespace diktate::audio_test
