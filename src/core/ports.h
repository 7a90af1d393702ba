// What the core asks of the outside world. Backends implement these; the core knows nothing else of them.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "core/timeline.h"
#include "core/values.h"

namespace diktate {

// Where samples come from. One thread reads.
class AudioSource {
 public:
  virtual ~AudioSource() = default;

  // Fills `out` with the next samples, waiting for those that are not captured yet, and says how many there
  // are. Fewer than asked for means that no more will come: the source is at its end or `finish` was
  // requested. After an error the samples handed out before it stay good.
  virtual Result<std::size_t> read(std::span<float> out, std::stop_token finish) = 0;

  // The instant at which the last sample handed out was captured; for a source that is not live, when it was
  // read.
  virtual Instant captured_until() const = 0;

  // What the user should know about the audio so far ("the file ends early"), one line each.
  virtual std::vector<std::string> warnings() const { return {}; }
};

// Tells speech from other sound, frame by frame. One thread uses it.
class VoiceDetector {
 public:
  virtual ~VoiceDetector() = default;

  virtual std::size_t frame_samples() const = 0;

  // The probability, in [0, 1], that this frame is speech. Frames come in order; `frame` has frame_samples()
  // samples. Does not wait.
  virtual Result<float> probability(std::span<const float> frame) = 0;

  // Forgets what it heard: the next frame opens another take.
  virtual void reset() = 0;

  virtual std::string name() const = 0;
};

struct DecodeOptions {
  bool suppress_end_at_start = false;  // the first token may not be the end
  int max_tokens = 0;                  // 0: the engine's own limit for the length of the audio
  // Tokens that an earlier decode of the same audio, or of its beginning, gave. The engine may use them to
  // save time: every token is still the engine's own choice. Sums in another order may decide a near tie
  // otherwise ("shop-boy", "shop boy"); nothing else may differ. Borrowed for the call.
  std::span<const int> draft;
};

// Speech to text. prepare() and transcribe() are called by one thread.
class SpeechEngine {
 public:
  virtual ~SpeechEngine() = default;

  // Loads and warms everything, so that the first transcribe() is as fast as the hundredth. Waits; once done,
  // does nothing.
  virtual Result<void> prepare() = 0;

  // Recognises `samples` (16 kHz mono). Waits for the model; when `cancel` is requested it answers
  // `cancelled` within about one step of the decoder. No text is an empty Transcript, not an error.
  virtual Result<Transcript> transcribe(std::span<const float> samples, const DecodeOptions& options,
                                        std::stop_token cancel) = 0;

  // The text of some tokens, without a space at either end.
  virtual std::string text_of(std::span<const int> tokens) const = 0;

  virtual std::string name() const = 0;
};

// What a processor is to work on.
struct TextRequest {
  std::string_view text;                // the pieces joined
  std::span<const std::size_t> pieces;  // byte offsets at which the second piece and those after it begin
  std::string_view before = {};         // in front of where it will go, as far as that is known
  std::string_view selection = {};      // selected where the text will go, if that is to be worked on
  // When the speaker stopped: limits count from then. Without it they count from the call.
  std::optional<Instant> key_up = {};
};

// Where a part of a processor's time went.
struct ProcessedPart {
  SpanName name;
  Nanoseconds duration{};
};

// A piece that was worked on before the last word was spoken.
struct ProcessedPiece {
  int index = 0;  // from 0; pieces that belong together are one
  Instant start;
  Instant end;
};

struct ProcessedText {
  std::string text;
  std::vector<std::string> keys = {};  // to be pressed when the text has arrived: "Enter", "Tab"
  std::string by = {};                 // the processor whose text it is, where several were asked
  std::vector<std::string> notes =
      {};  // why it is not the first one's, a line each; never the words themselves
  std::vector<ProcessedPart> parts = {};  // in the order in which they came
  std::vector<ProcessedPiece> pieces = {};
};

// Recognised text to better text. One thread uses it, but for follow().
class TextProcessor {
 public:
  virtual ~TextProcessor() = default;

  // Begins everything that can be done before the words are known, and does not wait for it. Called at key
  // down.
  virtual Result<void> prepare() = 0;

  // The pieces that are settled so far, in the middle of a take: what can be done for them may be begun. A
  // piece may still change, or go on in the next. Does not wait. By any thread, between prepare() and
  // process().
  virtual void follow(const TextRequest& /*so_far*/) {}

  // Waits as long as the processor takes, or as its own limit allows; when `cancel` is requested it answers
  // `cancelled` soon. An answer without text is one: there was nothing worth writing.
  virtual Result<ProcessedText> process(const TextRequest& request, std::stop_token cancel) = 0;

  // The take is thrown away: what was begun for it ends soon. Does not wait.
  virtual void abandon() {}

  virtual std::string name() const = 0;
};

struct CheckedText {
  bool accepted = false;
  std::string text;    // what may be used: what was got, or less
  std::string reason;  // a line for a person; never the words themselves
};

// Is what a model made still what was said? Thread-safe.
class OutputCheck {
 public:
  virtual ~OutputCheck() = default;

  // Takes any bytes, and does not wait.
  virtual CheckedText check(std::string_view said, std::string_view got) const = 0;
};

}  // namespace diktate
