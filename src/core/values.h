// The values that travel from the microphone to the text. Times in the audio are counted in samples of one
// take.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"

namespace diktate {

inline constexpr int kSampleRate = 16000;  // Hz, mono: what every recogniser here was trained on
// Mono audio at kSampleRate, in [-1, 1].
using Samples = std::vector<float>;

constexpr double seconds(std::int64_t samples) { return static_cast<double>(samples) / kSampleRate; }
constexpr Nanoseconds duration_of(std::int64_t samples) {
  return Nanoseconds(samples * std::int64_t{1'000'000'000} / kSampleRate);
}
constexpr std::int64_t samples_of(double seconds) {
  return static_cast<std::int64_t>(seconds * kSampleRate + 0.5);
}

// Why a segment ends where it does; joining needs to know.
enum class Cut {
  pause,   // the speaker paused
  forced,  // in the middle of speech, because the segment grew too long
  end,     // key up
};

// A stretch of audio that is recognised as one. Segments of a take are disjoint and in order.
struct Segment {
  int piece = 0;                  // which piece of the take it becomes, from 0
  std::int64_t start = 0;         // first sample, counted from the first of the take
  Samples samples;                // never empty
  std::int64_t speech = 0;        // samples in frames that are speech (SegmenterOptions::speech_on)
  std::int64_t pause_before = 0;  // silence between the end of the segment before and this one's speech
  Cut cut = Cut::end;

  std::int64_t end() const { return start + static_cast<std::int64_t>(samples.size()); }
};

// What an engine makes of a segment.
struct Transcript {
  std::string text;                   // UTF-8, no space at either end
  std::vector<int> tokens;            // the engine's own, without start and end
  double mean_log_probability = 0.0;  // natural log, over tokens and the end
};

// A recognised segment.
struct Piece {
  int index = 0;
  std::int64_t start = 0;  // as in Segment
  std::int64_t end = 0;
  std::int64_t pause_before = 0;
  Cut cut = Cut::end;
  std::string text;
  std::vector<int> tokens;
  double mean_log_probability = 0.0;  // as in Transcript
  int framing = 0;                    // which of the Recogniser's framings understood it best
  std::vector<std::string> notes;     // what had to be mended, one line each; never the words themselves
};

}  // namespace diktate
