// Cuts what is heard into segments that a recogniser can decode while the next one is still being spoken.
//
// The hard part is the tail: what is still undecoded at key up is what the user waits for. An open segment
// therefore grows, and at every short pause it is offered as a whole ("provisional"): if no speech follows,
// that decode was the last one and the text is there already; if speech resumes, a longer one will take its
// place, unless at key up only the rest is decoded (leave_a_tail). In speech without pauses it is offered
// every two seconds as well ("sketch"): an engine that knows the words so far has little left to do. A
// segment is closed for good only at a pause after it has become long, because recognisers make more mistakes
// on short pieces; where no such pause comes, at an earlier short one, whose decode is there.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/values.h"

namespace diktate {

// Lengths and pauses in seconds. A pause is counted from the last frame of speech, in whole frames.
struct SegmenterOptions {
  float speech_on = 0.5F;    // a frame over this probability is speech
  float speech_off = 0.35F;  // speech ends with a frame under this
  double lead = 0.3;         // audio kept before the first frame of speech
  bool provisional = true;
  double provisional_pause = 0.06;  // at which an open segment is offered: two frames of Silero's
  double sketch_interval = 2.0;     // of speech without a pause after which it is offered as well; 0: never
  double soft_length = 10.0;        // from which a pause of soft_pause closes a segment
  double soft_pause = 0.3;
  double firm_length = 13.0;  // from which a pause of firm_pause does
  double firm_pause = 0.15;
  double hard_length = 15.0;  // at which it is cut: at an earlier pause that is decoded (see least_tail), or
                              // else at the quietest 100 ms of its last search_length
  double search_length = 3.0;
  double long_pause = 1.5;  // closes a segment of any length
  // Key up before the decode of all is there: an open segment from this length on ends at an earlier pause
  // whose decode is. Decoding the whole would take longer.
  double tail_length = 9.0;
  // What may be left after an earlier pause: less would be too short to be understood by itself.
  double least_tail = 2.0;
  double longest_tail = 8.0;
};

// For files, where nobody waits for the tail: segments of 15-25 s, none provisional.
SegmenterOptions batch_segments();

struct SegmentEvent {
  enum class Kind {
    provisional,  // decode this now: it is final if nothing else is said
    sketch,       // decode this if there is time: it is in the middle of speech, but its tokens help the next
                  // decode
    resumed,      // speech goes on after the last provisional segment
    closed,       // this is final: it was provisional before and may be decoded, or is to be
  };
  Kind kind;
  Segment segment;
};

// One thread; no I/O. Every frame over speech_on lies in exactly one final segment; final segments share no
// sample.
class Segmenter {
 public:
  // Where the provisional segments of the open piece end that are decoded, or nearly, in samples from the
  // take's first, in order: the piece can end there without a wait.
  using ReadyEnds = std::function<std::vector<std::int64_t>(int piece)>;

  // `ready` is asked when a long piece has to end; none: nothing is decoded before it is final.
  Segmenter(const SegmenterOptions& options, std::size_t frame_samples, ReadyEnds ready = {});

  // The next frame, frame_samples long except perhaps the last one of a take.
  std::vector<SegmentEvent> push(std::span<const float> frame, float probability);

  // Key up: what is open becomes final.
  std::vector<SegmentEvent> finish();

  bool open() const { return open_; }
  bool in_speech() const { return open_ && quiet_ == 0; }  // as of the last frame
  int piece() const { return piece_; }  // the index that the open segment, or else the next one, has

 private:
  std::int64_t buffer_end() const { return start_ + static_cast<std::int64_t>(buffer_.size()); }
  std::int64_t frames(double length) const;
  void follow_speech(float probability, std::vector<SegmentEvent>& events);
  void offer(std::vector<SegmentEvent>& events);
  bool pause_closes() const;
  void close(Cut cut, std::vector<SegmentEvent>& events);
  void leave_a_tail(std::vector<SegmentEvent>& events);
  std::optional<std::int64_t> earlier_pause(std::span<const std::int64_t> ready) const;
  std::vector<std::int64_t> ready_ends() const;
  void close_first(std::int64_t frame_count, Cut cut, std::vector<SegmentEvent>& events);
  void cut_in_speech(std::vector<SegmentEvent>& events);
  Segment take_out(std::int64_t frame_count, Cut cut) const;
  void drop(std::int64_t frame_count);
  std::int64_t quietest_boundary() const;

  const SegmenterOptions options_;
  const std::int64_t frame_samples_;
  const ReadyEnds ready_;
  // Everything from the first sample of the open segment (or of the lead, when none is open), in whole
  // frames.
  Samples buffer_;
  std::vector<bool> speech_;  // per frame in buffer_: over speech_on
  std::int64_t start_ = 0;    // of buffer_, in samples from the take's first
  int piece_ = 0;
  bool open_ = false;
  std::int64_t quiet_ = 0;            // frames since speech ended; 0 while it goes on
  std::int64_t offered_ = 0;          // frames in the provisional segment that is good now; 0: none
  std::int64_t last_offer_ = 0;       // frames in the last one offered, good or not
  std::int64_t last_speech_end_ = 0;  // of the final segments so far, in samples
};

}  // namespace diktate
