// What the time between key up and the text is made of.
#pragma once

#include "core/pipeline.h"

namespace diktate::bench {

// ms of stop-to-text. Spans that began before key up count from there. A moment at which two things happen
// counts for both, except in `other`.
struct Breakdown {
  double total = 0;
  double queue = 0;  // segments waiting while others are decoded
  double work = 0;   // decoding
  double join = 0;
  double clean = 0;
  double deliver = 0;
  double other = 0;  // in none of the above: hearing the last frame, detecting, segmenting, waking threads
};

Breakdown after_key_up(const Take& take);

}  // namespace diktate::bench
