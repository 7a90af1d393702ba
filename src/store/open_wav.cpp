#include "store/open_wav.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/values.h"

namespace diktate {
namespace {

static_assert(std::endian::native == std::endian::little, "samples and header are written as they are");

constexpr std::uint32_t kOpenLength = 0xFFFFFFFF;

std::string wav_header(std::uint32_t data_bytes) {
  const std::uint32_t riff_bytes = data_bytes == kOpenLength ? kOpenLength : data_bytes + kWavHeaderBytes - 8;
  std::string header;
  const auto number = [&header](auto value) {
    header.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  header += "RIFF";
  number(riff_bytes);
  header += "WAVEfmt ";
  number(std::uint32_t{16});  // bytes of what follows, up to "data"
  number(std::uint16_t{1});   // PCM
  number(std::uint16_t{1});   // channels
  number(std::uint32_t{kSampleRate});
  number(std::uint32_t{kSampleRate * kWavSampleBytes});
  number(std::uint16_t{kWavSampleBytes});
  number(std::uint16_t{16});  // bits
  header += "data";
  number(data_bytes);
  return header;
}

}  // namespace

std::string open_wav_header() { return wav_header(kOpenLength); }

std::string closed_wav_header(std::int64_t samples) {
  const std::int64_t bytes = samples * kWavSampleBytes;
  const bool fits = bytes < std::int64_t{kOpenLength} - kWavHeaderBytes;
  return wav_header(fits ? static_cast<std::uint32_t>(bytes) : kOpenLength);
}

std::int64_t wav_samples(std::int64_t file_bytes) {
  return std::max<std::int64_t>(0, file_bytes - kWavHeaderBytes) / kWavSampleBytes;
}

std::int16_t to_s16(float sample) {
  constexpr float kFull = 32768;
  const float scaled = std::isnan(sample) ? 0.0F : sample * kFull;
  return static_cast<std::int16_t>(std::lrint(std::clamp(scaled, -kFull, kFull - 1)));
}

}  // namespace diktate
