// Audio as the bytes of a WAV file: 16-bit mono at kSampleRate.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace diktate::bench {

// What stands before the samples of a file that has so many.
std::string wav_header(std::uint32_t samples);
// Values outside [-1, 1] are clipped.
std::string wav_samples(std::span<const float> samples);

}  // namespace diktate::bench
