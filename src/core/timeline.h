// Where a take's time went: named spans on the monotonic clock, taken by scope.
#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace diktate {

// The whole list. queue and work are children of recognise, insert of deliver, and connect to verify of
// clean, and queue again: what a server says of its time lies end to end there.
enum class SpanName {
  open,          // make ready to listen
  prepare,       // load and warm what the take will need, while the user speaks
  first_sample,  // key down to the first sample
  hear,          // listening: first sample to key up
  segment,       // [i] from a segment's first frame of speech to the decision that closes it; without a
                 //     length for the rest of one that ended at an earlier pause
  recognise,     // [i] a segment waits for the engine and is decoded
  queue,         //     waiting
  work,          //     decoding
  join,          // pieces become one text
  clean_piece,   // [i] a language model works on a piece while the next one is being spoken
  clean,         // the text is cleaned up
  connect,       //     to a server
  load,          //     it loads the model
  prompt,        //     the model reads
  decode,        //     the model writes
  gap,           //     what nobody else explains: transport, and ourselves
  deadline,      //     waiting for an answer that did not come in time
  verify,        //     the answer is held against what was said
  deliver,       // the text goes to where it is wanted
  insert,        //     into a window (daemon); before it lies waiting for other takes, and for keys to rise
  close,         // the take is put away
};

std::string_view to_string(SpanName name);

struct Span {
  SpanName name = SpanName::open;
  int index = 0;                      // which piece, for the spans that have [i]; else 0
  std::optional<std::size_t> parent;  // position of the parent in spans()
  std::string thread;
  Instant start;
  Instant end;
  bool cold = false;  // paid for something that a second take in this process would not pay for
};

// Thread-safe. A span's position never changes.
class Timeline {
 public:
  // A span that lasts as long as this object.
  class Scope {
   public:
    Scope(Scope&& other) noexcept
        : timeline_(std::exchange(other.timeline_, nullptr)), position_(other.position_) {}
    Scope& operator=(Scope&&) = delete;
    ~Scope() { end(); }
    void end();  // now rather than at the end of the scope
    void mark_cold();
    std::size_t position() const { return position_; }

   private:
    friend class Timeline;
    Scope(Timeline* timeline, std::size_t position) : timeline_(timeline), position_(position) {}
    Timeline* timeline_;
    std::size_t position_;
  };

  explicit Timeline(const Clock& clock) : clock_(clock) {}

  // Opens a span on the calling thread.
  Scope span(SpanName name, int index = 0, std::optional<std::size_t> parent = {});
  // The same, but it began at `start`.
  Scope span_since(Instant start, SpanName name, int index = 0, std::optional<std::size_t> parent = {});
  // Adds a span whose ends are known; returns its position.
  std::size_t add(Span span);

  Instant now() const { return clock_.now(); }

  // A copy; spans that are still open end now.
  std::vector<Span> spans() const;

 private:
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::vector<Span> spans_;
};

}  // namespace diktate
