// Subtitles out of recognised pieces: SubRip (.srt) and WebVTT (.vtt).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/values.h"

namespace diktate {

// What is shown at one time: at most two lines of at most 42 characters, as broadcasters have it.
struct SubtitleCue {
  double start = 0;  // s
  double end = 0;
  std::vector<std::string> lines;
};

// Long pieces become several cues, broken at sentence ends where that helps; each gets its share of the
// piece's time by its characters, since nothing better is known of the words inside a piece.
std::vector<SubtitleCue> cues_of(std::span<const Piece> pieces);

std::string srt(std::span<const Piece> pieces);
std::string vtt(std::span<const Piece> pieces);

}  // namespace diktate
