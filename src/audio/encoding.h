// How samples are laid out as bytes, in raw streams (--rate, --channels, --encoding) and inside WAV.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/values.h"

namespace diktate {

// Little-endian all of them: unsigned, signed and floating point, with their number of bits.
enum class Encoding { u8, s16le, s24le, s32le, f32le, f64le };

std::string_view to_string(Encoding encoding);
std::size_t bytes_per_sample(Encoding encoding);

// Every name that parse_encoding() takes, separated by ", ".
std::string encoding_names();
// The error lists the names.
Result<Encoding> parse_encoding(std::string_view name);

// Interleaved samples: one of each channel makes a frame.
struct PcmFormat {
  int rate = kSampleRate;  // frames a second
  int channels = 1;
  Encoding encoding = Encoding::s16le;

  std::size_t frame_bytes() const { return bytes_per_sample(encoding) * static_cast<std::size_t>(channels); }
  bool operator==(const PcmFormat&) const = default;
};

inline constexpr int kLowestRate = 1000;     // Hz; below it nothing of speech is left
inline constexpr int kHighestRate = 768000;  // Hz; the highest that converters offer
inline constexpr int kMostChannels = 32;

// Whether audio of this rate and channel count can be read; the message says what is wrong with it.
Result<void> check_format(int rate, int channels);

}  // namespace diktate
