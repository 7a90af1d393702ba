// WAV that may be cut anywhere: 16 kHz, mono, 16 bits, with a header that leaves the length open, as
// recorders write that do not live to come back to it.
#pragma once

#include <cstdint>
#include <string>

namespace diktate {

inline constexpr std::int64_t kWavHeaderBytes = 44;
inline constexpr std::int64_t kWavSampleBytes = 2;

std::string open_wav_header();
// The same for a file that is whole.
std::string closed_wav_header(std::int64_t samples);

// How many whole samples there are in so many bytes.
std::int64_t wav_samples(std::int64_t file_bytes);

// What is louder than full scale is clipped, what is no number is silence.
std::int16_t to_s16(float sample);

}  // namespace diktate
