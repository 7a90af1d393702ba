#include "bench/wav.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/values.h"

namespace diktate::bench {
namespace {

template <class Number>
void put(std::string& bytes, Number value) {
  static_assert(std::endian::native == std::endian::little);
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

}  // namespace

std::string wav_header(std::uint32_t samples) {
  std::string header = "RIFF";
  put<std::uint32_t>(header, 36 + samples * 2);
  header += "WAVEfmt ";
  put<std::uint32_t>(header, 16);
  put<std::uint16_t>(header, 1);  // PCM
  put<std::uint16_t>(header, 1);  // channels
  put<std::uint32_t>(header, kSampleRate);
  put<std::uint32_t>(header, kSampleRate * 2);
  put<std::uint16_t>(header, 2);  // bytes a frame
  put<std::uint16_t>(header, 16);
  header += "data";
  put<std::uint32_t>(header, samples * 2);
  return header;
}

std::string wav_samples(std::span<const float> samples) {
  std::string bytes;
  bytes.reserve(samples.size() * 2);
  for (const float sample : samples)
    put(bytes, static_cast<std::int16_t>(std::lround(std::clamp(sample, -1.0F, 1.0F) * 32767.0F)));
  return bytes;
}

}  // namespace diktate::bench
