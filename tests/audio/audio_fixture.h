// What the audio tests share: tones, recordings made on the spot, and how to listen to a source.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "audio/encoding.h"
#include "core/ports.h"

namespace diktate::audio_test {

// A folder of its own for each object, removed with it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

struct Tone {
  double hertz = 440;
  double seconds = 2;
  double level = 0.5;  // of a peak, 1 is full scale
  int rate = 16000;
  int channels = 1;  // the same in each
};

std::vector<float> interleaved_tone(const Tone& tone);

// Writes the tone as libsndfile writes `format` (SF_FORMAT_...).
void write_recording(const std::filesystem::path& path, const Tone& tone, int format);

void write_bytes(const std::filesystem::path& path, std::span<const std::byte> bytes);
std::vector<std::byte> read_bytes(const std::filesystem::path& path);
// The first part of the file, as a broken copy leaves it.
void cut_file(const std::filesystem::path& path, double part);

// Everything, in reads of `block` samples. Fails the test when a read fails.
Samples read_all(AudioSource& source, std::size_t block = 512);

// The peak level of that frequency in the samples.
double level_at(std::span<const float> samples, double hertz, int rate = kSampleRate);

// Fails the test unless these samples are that tone, save for 20 ms at either end.
void expect_tone(std::span<const float> samples, const Tone& tone, double tolerance = 0.02);

// The samples as the bytes of `encoding`.
std::vector<std::byte> encode(std::span<const float> samples, Encoding encoding);

void append(std::vector<std::byte>& bytes, std::string_view text);
template <class T>
void append_number(std::vector<std::byte>& bytes, T value) {
  for (const std::byte byte : std::as_bytes(std::span(&value, 1))) bytes.push_back(byte);
}

// A WAV header as a stream begins, up to and including the size of the data.
struct WavHeader {
  PcmFormat format = {};
  bool extensible = false;
  std::uint32_t data_size = 0xFFFFFFFF;
  std::uint32_t extra_chunk = 0;  // size of a chunk before the format that nobody knows
};
std::vector<std::byte> wav_header(const WavHeader& header);

}  // namespace diktate::audio_test
