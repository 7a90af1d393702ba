// Cuts what is heard into segments that a recogniser can decode while the next one is still being spoken.
//
// The hard part is the tail: what is still undecoded at key up is what the user waits for. An open segment therefore
// grows, and at every short pause it is offered as a whole ("provisional"): if no speech follows, that decode was the
// last one and the text is there already; if speech resumes, it is thrown away. A segment is closed for good only at a
// pause after it has become long, because recognisers make more mistakes on short pieces.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/values.h"

namespace diktate {

struct SegmenterOptions {
  float speech_on = 0.5F;    // a frame over this is speech
  float speech_off = 0.35F;  // a pause starts at a frame under this (hysteresis as in Silero's own examples)
  double lead = 0.3;         // s of audio kept before the first speech frame
  bool provisional = true;
  double provisional_pause = 0.15;  // s of pause at which an open segment is offered
  double draft_interval = 0.0;      // s of speech without any pause after which it is offered as well; 0: never
  double soft_length = 8.0;         // s from which a pause of soft_pause closes it
  double soft_pause = 0.2;
  double firm_length = 9.5;         // s from which any pause closes it
  double hard_length = 10.5;        // s at which it is cut, at the quietest 100 ms of the last search_length
  double search_length = 3.0;
};

// For files: long segments, no provisional ones; nobody is waiting.
SegmenterOptions batch_segments();

// What the segmenter decided.
struct SegmentEvent {
  enum class Kind {
    provisional,  // decode this now: it is final if nothing else comes
    draft,        // the same in the middle of speech: it will be superseded, but its tokens save time later
    resumed,      // speech goes on: the last provisional one is void
    closed,       // decode this: it is final
    kept,         // the last provisional one is final, with the cut of `segment` (which has no samples)
  };
  Kind kind;
  Segment segment;
};

// One thread; no I/O. Every frame whose probability is over speech_on lies in exactly one closed or kept segment;
// segments are disjoint.
class Segmenter {
 public:
  Segmenter(const SegmenterOptions& options, std::size_t frame_samples);

  // The next frame, all of frame_samples except perhaps the last one of a take.
  std::vector<SegmentEvent> push(std::span<const float> frame, float probability);

  // Key up: closes what is open.
  std::vector<SegmentEvent> finish();
};

}  // namespace diktate
