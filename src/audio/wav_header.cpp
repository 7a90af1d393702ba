#include "audio/wav_header.h"

#include <algorithm>
#include <array>
#include <string>

#include "audio/bytes.h"

namespace diktate {
namespace {

constexpr std::uint16_t kPcm = 0x0001;
constexpr std::uint16_t kFloat = 0x0003;
constexpr std::uint16_t kExtensible = 0xFFFE;
constexpr std::size_t kShortestFormatChunk = 16;
constexpr std::size_t kSubformatAt = 24;

// What follows the two bytes of the tag in a subformat that stands for one.
constexpr std::array<unsigned char, 14> kSubformatTail{0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80,
                                                       0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71};

std::string hexadecimal(std::uint16_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = "0x";
  for (int shift = 12; shift >= 0; shift -= 4)
    text += kDigits[static_cast<std::size_t>(value >> shift) & 0xF];
  return text;
}

// The tag, or the one inside the subformat.
Result<std::uint16_t> format_tag(std::span<const std::byte> chunk) {
  const auto tag = load<std::uint16_t>(chunk);
  if (tag != kExtensible) return tag;
  if (chunk.size() < kLongestFormatChunk) return fail(ErrorKind::invalid, "its format chunk is cut short");
  const auto tail = chunk.subspan(kSubformatAt + 2, kSubformatTail.size());
  const bool known = std::equal(
      tail.begin(), tail.end(), kSubformatTail.begin(),
      [](std::byte one, unsigned char other) { return std::to_integer<unsigned char>(one) == other; });
  if (!known) return fail(ErrorKind::invalid, "its samples are of an unknown kind");
  return load<std::uint16_t>(chunk.subspan(kSubformatAt));
}

// Samples with fewer bits than their container are aligned to its top, so the container alone decides.
Result<Encoding> encoding_of(std::uint16_t tag, std::size_t container_bytes) {
  if (tag != kPcm && tag != kFloat) {
    return fail(ErrorKind::invalid,
                "its samples are compressed (format " + hexadecimal(tag) + "), not PCM or float");
  }
  if (tag == kPcm && container_bytes == 1) return Encoding::u8;
  if (tag == kPcm && container_bytes == 2) return Encoding::s16le;
  if (tag == kPcm && container_bytes == 3) return Encoding::s24le;
  if (tag == kPcm && container_bytes == 4) return Encoding::s32le;
  if (tag == kFloat && container_bytes == 4) return Encoding::f32le;
  if (tag == kFloat && container_bytes == 8) return Encoding::f64le;
  return fail(ErrorKind::invalid, "its samples have " + std::to_string(container_bytes * 8) + " bits");
}

}  // namespace

Result<PcmFormat> parse_wav_format(std::span<const std::byte> chunk) {
  if (chunk.size() < kShortestFormatChunk) return fail(ErrorKind::invalid, "its format chunk is cut short");
  const auto tag = format_tag(chunk);
  if (!tag) return tl::unexpected(tag.error());
  const int channels = load<std::uint16_t>(chunk.subspan(2));
  const auto rate = load<std::uint32_t>(chunk.subspan(4));
  const int frame_bytes = load<std::uint16_t>(chunk.subspan(12));
  const int bits = load<std::uint16_t>(chunk.subspan(14));
  const int known_rate = static_cast<int>(std::min<std::uint32_t>(rate, kHighestRate + 1));
  if (auto possible = check_format(known_rate, channels); !possible) {
    return fail(ErrorKind::invalid, "it has " + possible.error().message);
  }
  if (frame_bytes % channels != 0 || bits < 1 || bits > frame_bytes / channels * 8) {
    return fail(ErrorKind::invalid, "its header contradicts itself: " + std::to_string(channels) +
                                        " channels of " + std::to_string(bits) + " bits in " +
                                        std::to_string(frame_bytes) + " bytes");
  }
  const auto encoding = encoding_of(*tag, static_cast<std::size_t>(frame_bytes / channels));
  if (!encoding) return tl::unexpected(encoding.error());
  return PcmFormat{known_rate, channels, *encoding};
}

// 0 and the largest number are what most write. The others are the largest positive number, or the next round
// one below it, less the header or a part of a frame.
bool is_open_ended(std::uint32_t data_size) {
  return data_size == 0 || data_size >= 0xFFFFFF00 || (data_size >= 0x7FFFE000 && data_size <= 0x80000000);
}

}  // namespace diktate
