#include "audio/audio_fixture.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <numbers>

#include <gtest/gtest.h>
#include <sndfile.h>

namespace diktate::audio_test {
namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;

std::uint16_t format_tag(Encoding encoding) {
  return encoding == Encoding::f32le || encoding == Encoding::f64le ? 3 : 1;
}

void append_chunk_head(std::vector<std::byte>& bytes, std::string_view name, std::uint32_t size) {
  append(bytes, name);
  append_number(bytes, size);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "diktate-audio-XXXXXX").string();
  path_ = ::mkdtemp(pattern.data());
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::vector<float> interleaved_tone(const Tone& tone) {
  const auto frames = static_cast<std::size_t>(std::llround(tone.seconds * tone.rate));
  std::vector<float> samples;
  for (std::size_t i = 0; i < frames; ++i) {
    const double value = tone.level * std::sin(kTwoPi * tone.hertz * static_cast<double>(i) / tone.rate);
    samples.insert(samples.end(), static_cast<std::size_t>(tone.channels), static_cast<float>(value));
  }
  return samples;
}

void write_recording(const std::filesystem::path& path, const Tone& tone, int format) {
  SF_INFO info{};
  info.samplerate = tone.rate;
  info.channels = tone.channels;
  info.format = format;
  SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
  ASSERT_NE(file, nullptr) << sf_strerror(nullptr);
  sf_command(file, SFC_SET_CLIPPING, nullptr, SF_TRUE);
  const auto samples = interleaved_tone(tone);
  const auto frames = static_cast<sf_count_t>(samples.size()) / tone.channels;
  EXPECT_EQ(sf_writef_float(file, samples.data(), frames), frames);
  sf_close(file);
}

void write_bytes(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

std::vector<std::byte> read_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

void cut_file(const std::filesystem::path& path, double part) {
  const auto size = static_cast<double>(std::filesystem::file_size(path));
  std::filesystem::resize_file(path, static_cast<std::uintmax_t>(size * part));
}

Samples read_all(AudioSource& source, std::size_t block) {
  Samples all;
  Samples samples(block);
  for (;;) {
    const auto count = source.read(samples, {});
    if (!count) {
      ADD_FAILURE() << count.error().message;
      return all;
    }
    all.insert(all.end(), samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(*count));
    if (*count < block) return all;
  }
}

double level_at(std::span<const float> samples, double hertz, int rate) {
  double in_phase = 0;
  double quadrature = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double angle = kTwoPi * hertz * static_cast<double>(i) / rate;
    in_phase += static_cast<double>(samples[i]) * std::cos(angle);
    quadrature += static_cast<double>(samples[i]) * std::sin(angle);
  }
  return 2 * std::hypot(in_phase, quadrature) / static_cast<double>(samples.size());
}

void expect_tone(std::span<const float> samples, const Tone& tone, double tolerance) {
  constexpr std::size_t kEdge = kSampleRate / 50;
  ASSERT_GT(samples.size(), 4 * kEdge);
  const auto middle = samples.subspan(kEdge, samples.size() - 2 * kEdge);
  EXPECT_NEAR(level_at(middle, tone.hertz), tone.level, tolerance);
  double power = 0;
  for (const float sample : middle) power += static_cast<double>(sample) * static_cast<double>(sample);
  // Nothing else is in it: the power is that of the tone.
  EXPECT_NEAR(std::sqrt(2 * power / static_cast<double>(middle.size())), tone.level, tolerance);
}

std::vector<std::byte> encode(std::span<const float> samples, Encoding encoding) {
  std::vector<std::byte> bytes;
  for (const float sample : samples) {
    const double value = static_cast<double>(sample);
    switch (encoding) {
      case Encoding::u8:
        append_number(bytes, static_cast<std::uint8_t>(std::lround(value * 127) + 128));
        break;
      case Encoding::s16le:
        append_number(bytes, static_cast<std::int16_t>(std::lround(value * 32767)));
        break;
      case Encoding::s24le: {
        const auto number = static_cast<std::int32_t>(std::lround(value * 8388607));
        const auto raw = std::as_bytes(std::span(&number, 1));
        bytes.insert(bytes.end(), raw.begin(), raw.begin() + 3);
        break;
      }
      case Encoding::s32le:
        append_number(bytes, static_cast<std::int32_t>(std::lround(value * 2147483647)));
        break;
      case Encoding::f32le:
        append_number(bytes, sample);
        break;
      case Encoding::f64le:
        append_number(bytes, value);
        break;
    }
  }
  return bytes;
}

void append(std::vector<std::byte>& bytes, std::string_view text) {
  const auto raw = std::as_bytes(std::span(text));
  bytes.insert(bytes.end(), raw.begin(), raw.end());
}

std::vector<std::byte> wav_header(const WavHeader& header) {
  std::vector<std::byte> bytes;
  append_chunk_head(bytes, "RIFF", 0xFFFFFFFF);
  append(bytes, "WAVE");
  if (header.extra_chunk > 0) {
    append_chunk_head(bytes, "LIST", header.extra_chunk);
    bytes.insert(bytes.end(), header.extra_chunk + header.extra_chunk % 2, std::byte{'x'});
  }
  const auto& format = header.format;
  append_chunk_head(bytes, "fmt ", header.extensible ? 40 : 16);
  append_number(bytes, header.extensible ? std::uint16_t{0xFFFE} : format_tag(format.encoding));
  append_number(bytes, static_cast<std::uint16_t>(format.channels));
  append_number(bytes, static_cast<std::uint32_t>(format.rate));
  append_number(bytes,
                static_cast<std::uint32_t>(format.frame_bytes() * static_cast<std::size_t>(format.rate)));
  append_number(bytes, static_cast<std::uint16_t>(format.frame_bytes()));
  append_number(bytes, static_cast<std::uint16_t>(bytes_per_sample(format.encoding) * 8));
  if (header.extensible) {
    append_number(bytes, std::uint16_t{22});
    append_number(bytes, static_cast<std::uint16_t>(bytes_per_sample(format.encoding) * 8));
    append_number(bytes, std::uint32_t{0});
    append_number(bytes, format_tag(format.encoding));
    append(bytes, std::string_view("\x00\x00\x00\x00\x10\x00\x80\x00\x00\xAA\x00\x38\x9B\x71", 14));
  }
  append_chunk_head(bytes, "data", header.data_size);
  return bytes;
}

}  // namespace diktate::audio_test
