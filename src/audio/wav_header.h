// The parts of a WAV header that matter for reading samples. Pure functions over bytes that came from
// anywhere. Source: Microsoft, Multiple Channel Audio Data and WAVE Files; EBU Tech 3306 (RF64).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "audio/encoding.h"
#include "base/result.h"

namespace diktate {

inline constexpr std::size_t kLongestFormatChunk =
    40;  // bytes of WAVE_FORMAT_EXTENSIBLE; nothing after it is read

// `chunk` is the content of a 'fmt ' chunk, at most kLongestFormatChunk bytes of it. Errors say what is
// wrong, without a name.
Result<PcmFormat> parse_wav_format(std::span<const std::byte> chunk);

// Whether the size of a data chunk is one that programs write when they cannot know it, because they write to
// a pipe or did not live to come back to the header.
bool is_open_ended(std::uint32_t data_size);

}  // namespace diktate
