// What the core asks of the outside world. Backends implement these; the core knows nothing else of them.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
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

  // Nobody will read any more: a microphone is switched off. By the reading thread. Does not wait.
  virtual void stop() {}

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
  // Asked from time to time about the tokens so far; true ends the decode, with them. The engine has a limit
  // of its own for the length of the audio.
  std::function<bool(std::span<const int>)> enough = {};
  // Tokens that an earlier decode of the same audio, or of its beginning, gave. The engine may use them to
  // save time: every token is still the engine's own choice. Sums in another order may decide a near tie
  // otherwise ("shop-boy", "shop boy"); nothing else may differ. Borrowed for the call.
  std::span<const int> draft;
};

// Speech to text. prepare() and transcribe() are called one at a time, by whatever thread; text_of() and
// name() by any, once prepared.
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

// A better text than the one that was given, because it came too late for that.
struct LateText {
  std::string text;
  std::string by;  // the processor whose text it is
};

// What a processor is to work on.
struct TextRequest {
  std::string_view text;                // the pieces joined
  std::span<const std::size_t> pieces;  // byte offsets at which the second piece and those after it begin
  std::string_view before = {};         // in front of where it will go, as far as that is known
  std::string_view selection = {};      // selected where the text will go, if that is to be worked on
  // When the speaker stopped: limits count from then. Without it they count from the call.
  std::optional<Instant> key_up = {};
  // Told once at most, after the answer or a moment before it, and not once the processor is destroyed; the
  // next prepare() ends the work for it. By any thread; does not wait. May be empty.
  std::function<void(LateText late)> on_late = {};
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
  // Why it is not the first one's, a line each; never the words themselves.
  std::vector<std::string> notes = {};
  std::vector<ProcessedPart> parts = {};  // in the order in which they came
  std::vector<ProcessedPiece> pieces = {};
};

// Recognised text to better text. One call at a time, but for follow().
class TextProcessor {
 public:
  virtual ~TextProcessor() = default;

  // Begins everything that can be done before the words are known, and does not wait for it; for what the
  // take before has left to end, some 20 ms. Called at key down.
  virtual Result<void> prepare() = 0;

  // The pieces that are settled so far, in the middle of a take: what can be done for them may be begun. A
  // piece may still change, or go on in the next. Waits for nobody else. By any thread, between prepare() and
  // process().
  virtual void follow(const TextRequest& /*so_far*/) {}

  // Waits as long as the processor takes, or as its own limit allows; when `cancel` is requested it answers
  // `cancelled` soon. An answer without text is one: there was nothing worth writing.
  virtual Result<ProcessedText> process(const TextRequest& request, std::stop_token cancel) = 0;

  // The take is thrown away: what was begun for it ends, within some 20 ms.
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

// Keeps what a take is made of as it comes into being, so that a crash costs no word. Nothing here may stop a
// take: what cannot be kept is told by warnings(). One thread at a time uses it.
class TakeRecord {
 public:
  virtual ~TakeRecord() = default;

  // The next samples that were heard (16 kHz mono). The listening thread calls it: it never waits for the
  // disk to be done (no fsync).
  virtual void samples(std::span<const float> heard) = 0;

  // The pieces joined, before any processor sees them; and the text as it will be inserted, before it is.
  virtual void transcript(std::string_view raw_text) = 0;
  virtual void clean_text(std::string_view text) = 0;

  // What could not be kept, a line each; empty: everything was.
  virtual std::vector<std::string> warnings() const = 0;
};

// Who is known to have got an inserted text.
enum class Receipt {
  target,   // the program of the window it was meant for fetched it
  someone,  // it was fetched, by a program that is not known
  sent,     // it was typed; nothing says that it arrived
  none,     // nobody fetched it
};
inline constexpr std::array<std::string_view, 4> kReceiptNames = {"target", "someone", "sent", "none"};

// Where the text of one take is to go.
class TextTarget {
 public:
  virtual ~TextTarget() = default;

  // For people ("xterm"); empty: not known.
  virtual std::string name() const = 0;
};

struct InsertRequest {
  std::string_view text;
  std::span<const std::string> keys = {};  // pressed once the text has arrived: "Enter", "Tab"
  bool terminal_lines = false;             // line ends reach a terminal, which takes one for Enter
  bool terminal_enter = false;             // and so does "Enter" among the keys

  // Waits until the keys by which the user dictates are up, or for `cancel`; says whether it had to. To be
  // called just before keys are pressed, which a key of ours that is down may catch or change. Empty: there
  // are no such keys.
  std::function<bool()> own_keys_rise = {};
};

struct Insertion {
  std::string method;  // "paste Ctrl+V", "type", "clipboard"
  Receipt receipt = Receipt::none;
  bool held = false;     // it was not inserted, and waits on the clipboard or with whoever asked
  std::string note;      // what the user should know of it, one line; never the text
  bool doubted = false;  // the window could be seen not to take it, and another program did: the note says so
};

// Puts text where the user writes.
class TextInserter {
 public:
  virtual ~TextInserter() = default;

  // At key down: the place that has the focus now, and the beginning of what can be done ahead, such as
  // copying the clipboard. Takes a few milliseconds at most. Never null. Any thread.
  virtual std::unique_ptr<TextTarget> remember() = 0;

  // Inserts the text there, and waits until it is known to have arrived or that it did not. Texts go in one
  // at a time, in the order of the calls. Fails only if the text is nowhere, not even on the clipboard. Any
  // thread.
  virtual Result<Insertion> insert(TextTarget& target, const InsertRequest& request,
                                   std::stop_token cancel) = 0;

  // Puts the text in the place of `old`, which was inserted there. If it is not certain that `old`, and
  // nothing else, would go, the text is held, or on the clipboard. Otherwise as insert().
  virtual Result<Insertion> replace(TextTarget& /*target*/, std::string_view /*old*/,
                                    const InsertRequest& /*request*/, std::stop_token /*cancel*/) {
    return Insertion{
        "none", Receipt::none, true,
        "a text that was inserted cannot be replaced here; 'diktate last --json' has both versions"};
  }

  // Why no text can be inserted, one line, as far as is known; empty: it can. Does not wait. Any thread.
  virtual std::string problem() const { return {}; }

  // Whether modifiers that the user holds would go with the keys that it presses, and it cannot see them: a
  // text comes a moment after the user's last key then. Any thread.
  virtual bool mixes_with_held_keys() const { return false; }

  // Whether what it needs is not to be had here at all, so that another may do better. Does not wait. Any
  // thread.
  virtual bool is_misplaced() const { return false; }

  // Looks for a display that was lost, and waits for its answer; problem() says what came of it. Any thread.
  virtual void reconnect() {}

  virtual std::string name() const = 0;
};

struct HotkeyEvent {
  std::string action;  // "dictate", "dictate-PROFILE", "cancel", "last", "swap"
  bool pressed = false;
  Instant at;
};

// Whether keys are heard.
struct HotkeyState {
  bool listening = true;     // false without a problem: the desktop was asked, and has not answered yet
  std::string problem = {};  // why not, one line, and the way out
  std::string keys = {};     // what the desktop calls the key that dictates, where the desktop chose it
};

// Keys that work in every window. One thread uses it.
class Hotkeys {
 public:
  virtual ~Hotkeys() = default;

  // Readable when events() has some, or state() is another.
  virtual int descriptor() const = 0;

  // What happened since the last call; a key that repeats is pressed once. Does not wait. Fails when the
  // display or bus behind it is gone.
  virtual Result<std::vector<HotkeyEvent>> events() = 0;

  // Whether "cancel" is listened for: only during a take, because its key is Escape.
  virtual Result<void> listen_for_cancel(bool on) = 0;

  // Whether a key of ours is down: nothing may be typed then, it would not arrive.
  virtual bool any_down() const = 0;

  // Of keys that have been down for long: whether they still are is asked, where that can be; otherwise they
  // count as up from now on. What rose is among the next events. Waits for the display (milliseconds).
  virtual void doubt_down() {}

  // Does not wait.
  virtual HotkeyState state() const { return {}; }

  virtual std::string name() const = 0;
};

// What the user is told, whatever program he looks at.
struct Notice {
  std::string title;     // "Nothing was heard"
  std::string body;      // a line, or nothing; never the words themselves
  bool failure = false;  // the text is not where it was wanted
};

// Shows notices. Any thread.
class Notifier {
 public:
  virtual ~Notifier() = default;

  // In place of the one before. Does not wait.
  virtual void show(const Notice& notice) = 0;

  // Why the last notice could not be shown, one line; empty: it was, or there was none yet.
  virtual std::string problem() const = 0;
};

enum class Cue { start, stop, error };

// Plays short sounds. Any thread.
class CuePlayer {
 public:
  virtual ~CuePlayer() = default;

  // Does not wait. Where it cannot be played there is no sound.
  virtual void play(Cue cue) = 0;

  // Ends the one that plays, and those that wait: a take begins, and would hear them. Does not wait.
  virtual void hush() = 0;

  // Whether a microphone may have heard a cue at that instant, which is over.
  virtual bool sounded_at(Instant when) const = 0;
};

}  // namespace diktate
