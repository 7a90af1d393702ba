// One dictation, from key down to the text: the story of the whole program.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "core/piece_worker.h"
#include "core/ports.h"
#include "core/recogniser.h"
#include "core/segmenter.h"
#include "core/timeline.h"
#include "core/values.h"

namespace diktate {

enum class Outcome { delivered, delivered_fallback, cancelled, empty, failed };
std::string_view to_string(Outcome outcome);

// What a dictation is made of. Everything is borrowed and outlives the call.
struct TakeParts {
  AudioSource& source;
  VoiceDetector& detector;
  Recogniser& recogniser;  // warm or not: the take warms it
  const Clock& clock;
  // Hands the text over, and the keys that it ends with; called once, on the calling thread, and not at all
  // when there is no text.
  std::function<Result<void>(const InsertRequest& request)> deliver;
  // Optional: told of every piece as it is recognised (`final` false: it may still change). Called by the
  // recognising thread, which waits meanwhile; listening does not.
  std::function<void(const Piece& piece, bool final)> on_piece = {};
  // Makes the text clean. Without one, and where it fails, white space and casing are all that is tidied.
  TextProcessor* processor = nullptr;
  // Optional: keeps what is heard and made of it, each before the next step.
  TakeRecord* record = nullptr;
  // Optional: whether what was captured at that instant is a sound of our own. It is kept like everything,
  // but the recogniser hears silence.
  std::function<bool(Instant captured)> is_own_sound = {};
  // Optional: what the processor has to say after its answer, as a TextRequest has it. Copied: it may be
  // called when the take is over.
  std::function<void(LateText late)> on_late = {};
};

struct TakeOptions {
  // When the key went down, if that was before the call.
  std::optional<Instant> key_down = {};
  SegmenterOptions segmenter = {};
  // Everything after key up, as other programs do: the peer that the overlapped way is measured against.
  bool sequential = false;
  bool raw = false;  // deliver the joined pieces as they are
  WorkerOptions worker = {};
};

// For files, where nobody waits for the tail: long segments, few in memory, doubtful ones decoded again.
TakeOptions file_options();
// For the peer: TakeOptions::sequential, with the segments of a file.
TakeOptions sequential_options();

// What became of it.
struct Take {
  Outcome outcome = Outcome::failed;
  // Something failed that cost words, or their delivery; not a processor that others stood in for.
  bool broken = false;
  bool lost = false;  // some of what was heard could not be recognised
  std::string cause;  // for `failed` and `delivered_fallback`: one line for a person
  std::vector<Piece> pieces;
  std::string raw_text;            // the pieces joined
  std::string clean_text;          // as the processor left it
  std::string text;                // what is delivered: the clean text, or the raw text if that was asked for
  std::vector<std::string> keys;   // to be pressed after it
  std::string processor;           // whose text it is, where several were asked
  std::vector<std::string> notes;  // why it is not the first one's, a line each
  std::int64_t heard = 0;          // samples
  std::vector<std::string> warnings;
  std::vector<Span> spans;
  Instant key_down;
  // When the last sample was captured; in the middle of a word, when the key went up: the word was heard to
  // its end, up to 200 ms later.
  Instant key_up;
  Instant delivered;  // stop-to-text is delivered - key_up
};

// What is left of a take that is thrown away: no word.
void throw_away(Take& take);

// Listens until the source ends or `finish` is requested (what was said is delivered) or `cancel` is (nothing
// is). Runs the listening on the calling thread and the recogniser on one of its own. The Take says it all;
// what a part throws, which none should, passes through.
Take dictate(const TakeParts& parts, const TakeOptions& options, std::stop_token finish,
             std::stop_token cancel);

}  // namespace diktate
