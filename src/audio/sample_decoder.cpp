#include "audio/sample_decoder.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "audio/bytes.h"
#include "audio/downmix.h"

namespace diktate {
namespace {

constexpr float kFull8 = 128.0F;
constexpr float kFull16 = 32768.0F;
constexpr float kFull32 = 2147483648.0F;

float decode_u8(std::span<const std::byte> bytes) {
  return (static_cast<float>(load<std::uint8_t>(bytes)) - kFull8) / kFull8;
}

float decode_s16(std::span<const std::byte> bytes) {
  return static_cast<float>(load<std::int16_t>(bytes)) / kFull16;
}

// Placed in the upper three bytes of 32 bits, whose sign is then the right one.
float decode_s24(std::span<const std::byte> bytes) {
  const auto upper = (static_cast<std::uint32_t>(bytes[0]) << 8) |
                     (static_cast<std::uint32_t>(bytes[1]) << 16) |
                     (static_cast<std::uint32_t>(bytes[2]) << 24);
  return static_cast<float>(static_cast<std::int32_t>(upper)) / kFull32;
}

float decode_s32(std::span<const std::byte> bytes) {
  return static_cast<float>(load<std::int32_t>(bytes)) / kFull32;
}

float decode_f32(std::span<const std::byte> bytes) { return load<float>(bytes); }

// A double too large for a float would be undefined to convert; more than full scale is not kept of it
// anyway.
float decode_f64(std::span<const std::byte> bytes) {
  const auto value = load<double>(bytes);
  return static_cast<float>(std::isfinite(value) ? std::clamp(value, -2.0, 2.0) : 0.0);
}

using Decode = float (*)(std::span<const std::byte>);

Decode decode_function(Encoding encoding) {
  switch (encoding) {
    case Encoding::u8:
      return decode_u8;
    case Encoding::s16le:
      return decode_s16;
    case Encoding::s24le:
      return decode_s24;
    case Encoding::s32le:
      return decode_s32;
    case Encoding::f32le:
      return decode_f32;
    case Encoding::f64le:
      return decode_f64;
  }
  return decode_s16;
}

}  // namespace

void SampleDecoder::push(std::span<const std::byte> bytes, Samples& mono) {
  if (!partial_.empty()) bytes = complete_partial(bytes, mono);
  const std::size_t whole = bytes.size() - bytes.size() % format_.frame_bytes();
  decode(bytes.first(whole), mono);
  const auto rest = bytes.subspan(whole);
  partial_.insert(partial_.end(), rest.begin(), rest.end());
}

std::span<const std::byte> SampleDecoder::complete_partial(std::span<const std::byte> bytes, Samples& mono) {
  const auto missing = bytes.first(std::min(bytes.size(), format_.frame_bytes() - partial_.size()));
  partial_.insert(partial_.end(), missing.begin(), missing.end());
  if (partial_.size() == format_.frame_bytes()) {
    decode(partial_, mono);
    partial_.clear();
  }
  return bytes.subspan(missing.size());
}

void SampleDecoder::decode(std::span<const std::byte> frames, Samples& mono) {
  const Decode decode_one = decode_function(format_.encoding);
  const std::size_t width = bytes_per_sample(format_.encoding);
  interleaved_.clear();
  for (std::size_t at = 0; at < frames.size(); at += width) {
    interleaved_.push_back(decode_one(frames.subspan(at, width)));
  }
  append_mono(interleaved_, format_.channels, mono);
}

}  // namespace diktate
