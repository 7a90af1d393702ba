// Where speech is quiet, by energy alone: enough to cut good recordings, for both sides of a comparison
// alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/values.h"

namespace diktate::bench {

// The sample after the last one that is loud enough to be speech: over the recording's own noise floor by 6
// dB and at most 30 dB under its loud parts (20 ms at a time; floor and loud are its 10th and 95th
// percentile). All of it, if none.
std::size_t end_of_speech(std::span<const float> samples);

// Cuts into pieces of at most `longest` samples, each at the quietest 100 ms of its last third. Borrowed
// views; their samples are all of `samples`.
std::vector<std::span<const float>> cut_at_quiet(std::span<const float> samples, std::size_t longest);

// What a microphone hears in a silent room: white noise at -70 dBFS, always the same.
Samples room_tone(double length_s);

}  // namespace diktate::bench
