#include "core/pipeline.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

#include "base/thread_name.h"
#include "core/joining.h"
#include "core/key_up.h"

namespace diktate {
namespace {

// What every frame passes on its way: detector, segmenter, worker.
class Ear {
 public:
  Ear(VoiceDetector& detector, const SegmenterOptions& options, PieceWorker& worker, Timeline& timeline)
      : detector_(detector),
        segmenter_(options, detector.frame_samples(),
                   [&worker](int piece) { return worker.ready_ends(piece); }),
        worker_(worker),
        timeline_(timeline),
        frame_(detector.frame_samples()) {
    detector_.reset();
  }

  // `samples` is one frame; only the last of a take may be shorter.
  void hear(std::span<const float> samples) {
    follow(segmenter_.push(samples, probability(samples)));
    if (segmenter_.open() && !segment_)
      segment_.emplace(timeline_.span(SpanName::segment, segmenter_.piece()));
  }

  bool in_speech() const { return segmenter_.in_speech(); }

  void key_up() { follow(segmenter_.finish()); }

  // The detector broke and everything since was taken for speech: no word is lost for it.
  const std::optional<Error>& detector_error() const { return detector_error_; }

 private:
  float probability(std::span<const float> samples) {
    if (detector_error_) return 1.0F;
    std::fill(std::copy(samples.begin(), samples.end(), frame_.begin()), frame_.end(), 0.0F);
    const auto probability = detector_.probability(frame_);
    if (probability) return *probability;
    detector_error_ = probability.error();
    return 1.0F;
  }

  void follow(std::vector<SegmentEvent> events) {
    for (SegmentEvent& event : events) {
      if (event.kind == SegmentEvent::Kind::closed) {
        if (!segment_) segment_.emplace(timeline_.span(SpanName::segment, event.segment.piece));
        segment_.reset();
      }
      worker_.handle(std::move(event));
    }
  }

  VoiceDetector& detector_;
  Segmenter segmenter_;
  PieceWorker& worker_;
  Timeline& timeline_;
  Samples frame_;
  std::optional<Timeline::Scope> segment_;
  std::optional<Error> detector_error_;
};

// Hands over every frame of the source until it ends, `stop` is requested, or `hear` says that it was the
// last. An error ends it too.
Result<void> listen(AudioSource& source, std::size_t frame_samples, std::stop_token stop,
                    const std::function<bool(std::span<const float>)>& hear) {
  Samples frame(frame_samples);
  for (;;) {
    const auto count = source.read(frame, stop);
    if (!count) return tl::unexpected(count.error());
    const bool more = *count == 0 || hear(std::span(frame).first(*count));
    if (!more || *count < frame.size()) return {};
  }
}

Outcome outcome_of(const Take& take, bool broken) {
  if (broken) return take.text.empty() ? Outcome::failed : Outcome::delivered_fallback;
  if (!take.notes.empty() && !take.text.empty()) return Outcome::delivered_fallback;
  return take.text.empty() ? Outcome::empty : Outcome::delivered;
}

// Tells of pieces, and the processor of those that have settled, until key up: what comes then is
// process()'s. Told by the recognising thread, which catches what is thrown.
class Following {
 public:
  Following(TextProcessor* processor, std::function<void(const Piece& piece, bool final)> on_piece)
      : processor_(processor), on_piece_(std::move(on_piece)) {}

  void piece(const Piece& piece, bool final) {
    if (on_piece_) on_piece_(piece, final);
    if (processor_ == nullptr || !final || key_up_) return;
    const auto same = [&](const Piece& known) { return known.index == piece.index; };
    const auto known = std::find_if(pieces_.begin(), pieces_.end(), same);
    if (known == pieces_.end()) {
      pieces_.push_back(piece);
    } else {
      *known = piece;
    }
    const JoinedText so_far = join_pieces(pieces_);
    processor_->follow({.text = so_far.text, .pieces = so_far.starts});  // process() tells what is wrong
  }

  void key_up() { key_up_ = true; }

 private:
  TextProcessor* const processor_;
  const std::function<void(const Piece& piece, bool final)> on_piece_;
  std::vector<Piece> pieces_;
  std::atomic<bool> key_up_ = false;
};

// Listens until key up, or the end of the word that is being said then. Sequentially, the frames wait until
// then.
Result<void> hear(const TakeParts& parts, bool sequential, KeyUp& key_up, Ear& ear, Following& following,
                  Timeline& timeline, Take& take) {
  const std::size_t frame_samples = parts.detector.frame_samples();
  std::optional first_sample(timeline.span_since(take.key_down, SpanName::first_sample));
  std::optional<Timeline::Scope> hearing;
  const Samples silence(frame_samples);
  Samples recorded;
  const auto heard = listen(parts.source, frame_samples, key_up.token(), [&](std::span<const float> samples) {
    if (!hearing) {
      first_sample.reset();
      hearing.emplace(timeline.span(SpanName::hear));
    }
    take.heard += static_cast<std::int64_t>(samples.size());
    if (parts.record != nullptr) parts.record->samples(samples);
    if (parts.is_own_sound && parts.is_own_sound(parts.source.captured_until()))
      samples = std::span(silence).first(samples.size());
    if (sequential) {
      recorded.insert(recorded.end(), samples.begin(), samples.end());
    } else {
      ear.hear(samples);
    }
    return key_up.heard(ear.in_speech(), parts.source.captured_until());
  });
  parts.source.stop();
  first_sample.reset();
  hearing.reset();
  take.key_up = key_up.in_word().value_or(parts.source.captured_until());
  following.key_up();
  for (std::size_t at = 0; at < recorded.size(); at += frame_samples) {
    ear.hear(std::span(recorded).subspan(at, std::min(frame_samples, recorded.size() - at)));
  }
  ear.key_up();
  return heard;
}

// The spans that are known only from what the processor says.
void add_spans(const ProcessedText& processed, Timeline& timeline, std::size_t clean, Instant start) {
  const Instant end = timeline.now();
  for (const ProcessedPiece& piece : processed.pieces)
    timeline.add({SpanName::clean_piece, piece.index, {}, "pieces", piece.start, piece.end});
  for (const ProcessedPart& part : processed.parts) {
    const Instant part_end = std::min(start + part.duration, end);
    timeline.add({part.name, 0, clean, thread_name(), start, part_end});
    start = part_end;
  }
}

// The text made clean. What the processor cannot do costs its work and not the words.
Result<ProcessedText> clean(const TakeParts& parts, const JoinedText& joined, const Take& take,
                            Timeline& timeline, std::stop_token cancel) {
  const Instant start = parts.clock.now();
  auto cleaning = timeline.span_since(start, SpanName::clean);
  if (parts.processor == nullptr) return ProcessedText{tidy(joined.text), {}};
  auto processed = without_exceptions([&] {
    return parts.processor->process(
        {.text = joined.text, .pieces = joined.starts, .key_up = take.key_up, .on_late = parts.on_late},
        std::move(cancel));
  });
  if (processed) add_spans(*processed, timeline, cleaning.position(), start);
  return processed;
}

std::string one_line(const std::vector<std::string>& notes) {
  std::string line;
  for (const std::string& note : notes) line += (line.empty() ? "" : "; ") + note;
  return line;
}

// Something was to be made of the words, and was not: they are kept, and go nowhere.
std::optional<Error> nothing_made(Take& take) {
  if (!take.text.empty() || take.notes.empty()) return std::nullopt;
  take.clean_text = tidy(take.raw_text);
  return Error{ErrorKind::failed, one_line(std::exchange(take.notes, {}))};
}

// What went wrong before the text is handed over. The first is the cause, and the others are told beside it.
std::vector<Error> errors_of(const Result<void>& heard, const Recognised& recognised,
                             const Result<ProcessedText>& cleaned, Take& take) {
  std::vector<Error> errors;
  if (!heard) errors.push_back(heard.error());
  if (recognised.error) errors.push_back(*recognised.error);
  if (!cleaned) errors.push_back(cleaned.error());
  if (!errors.empty()) return errors;
  if (auto nothing = nothing_made(take)) errors.push_back(std::move(*nothing));
  return errors;
}

// Off the critical path: what the user should know of the take.
void put_away(const TakeParts& parts, const Ear& ear, std::span<const Error> errors, Timeline& timeline,
              Take& take) {
  auto close = timeline.span(SpanName::close);
  take.broken = !errors.empty();
  if (take.broken) take.cause = errors.front().message;
  if (!take.broken && !take.notes.empty()) take.cause = one_line(take.notes);
  take.warnings = parts.source.warnings();
  for (std::size_t i = 1; i < errors.size(); ++i) take.warnings.push_back(errors[i].message);
  if (ear.detector_error()) {
    take.warnings.push_back("the voice detector failed: " + ear.detector_error()->message);
  }
  for (const Piece& piece : take.pieces) {
    for (const std::string& note : piece.notes) {
      take.warnings.push_back("piece " + std::to_string(piece.index) + ": " + note);
    }
  }
  if (parts.record != nullptr) {
    for (std::string& warning : parts.record->warnings()) take.warnings.push_back(std::move(warning));
  }
  close.end();
  take.spans = timeline.spans();
}

Take cancelled(Take take, const TakeParts& parts, const Timeline& timeline) {
  if (parts.processor != nullptr) parts.processor->abandon();
  throw_away(take);
  take.spans = timeline.spans();
  return take;
}

}  // namespace

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::delivered:
      return "delivered";
    case Outcome::delivered_fallback:
      return "delivered_fallback";
    case Outcome::cancelled:
      return "cancelled";
    case Outcome::empty:
      return "empty";
    case Outcome::failed:
      return "failed";
  }
  return "?";
}

void throw_away(Take& take) {
  take.outcome = Outcome::cancelled;
  take.broken = false;
  take.lost = false;
  take.cause.clear();
  take.pieces.clear();
  for (std::string* text : {&take.raw_text, &take.clean_text, &take.text}) text->clear();
  take.keys.clear();
  take.notes.clear();
}

TakeOptions file_options() {
  TakeOptions options;
  options.segmenter = batch_segments();
  options.worker = {.queue_limit = 4, .second_opinions = SecondOpinions::always};
  return options;
}

TakeOptions sequential_options() {
  TakeOptions options;
  options.segmenter = batch_segments();
  options.worker.second_opinions = SecondOpinions::never;
  options.sequential = true;
  return options;
}

Take dictate(const TakeParts& parts, const TakeOptions& options, std::stop_token finish,
             std::stop_token cancel) {
  // Key down.
  Take take;
  take.key_down = options.key_down.value_or(parts.clock.now());
  Timeline timeline(parts.clock);
  auto opening = timeline.span(SpanName::open);
  Following following(parts.processor, parts.on_piece);
  PieceWorker worker(parts.recogniser, parts.clock, timeline, options.worker,
                     [&](const Piece& piece, bool final) { following.piece(piece, final); });
  Ear ear(parts.detector, options.segmenter, worker, timeline);
  if (parts.processor != nullptr)
    static_cast<void>(parts.processor->prepare());  // process() says what failed
  opening.end();

  // While the user speaks: every frame is heard, and what forms a segment is recognised meanwhile. Returns at
  // key up, with the open segment final: from there on the user waits.
  const std::stop_callback give_up(cancel, [&] { worker.cancel(); });
  KeyUp key_up(finish, cancel, parts.clock);
  const auto heard = hear(parts, options.sequential, key_up, ear, following, timeline, take);
  Recognised recognised = worker.finish();
  if (cancel.stop_requested()) return cancelled(std::move(take), parts, timeline);

  auto joining = timeline.span(SpanName::join);
  take.pieces = std::move(recognised.pieces);
  const JoinedText joined = join_pieces(take.pieces);
  take.raw_text = joined.text;
  take.lost = recognised.error.has_value();
  // Where words are missing the sound is what is to be kept: a text would stand in its way.
  TakeRecord* const record = take.lost ? nullptr : parts.record;
  if (record != nullptr) record->transcript(take.raw_text);
  joining.end();

  auto cleaned = clean(parts, joined, take, timeline, cancel);
  if (cancel.stop_requested()) return cancelled(std::move(take), parts, timeline);
  take.clean_text = cleaned ? std::move(cleaned->text) : tidy(take.raw_text);
  if (cleaned) {
    take.keys = std::move(cleaned->keys);
    take.processor = std::move(cleaned->by);
    take.notes = std::move(cleaned->notes);
  }
  take.text = options.raw ? take.raw_text : take.clean_text;

  std::vector<Error> errors = errors_of(heard, recognised, cleaned, take);
  take.outcome = outcome_of(take, !errors.empty());
  if (!take.text.empty()) {
    if (record != nullptr) record->clean_text(take.text);
    const auto deliver = timeline.span(SpanName::deliver);
    if (auto delivered = parts.deliver({take.text, take.keys}); !delivered) {
      errors.insert(errors.begin(), delivered.error());
      take.outcome = Outcome::failed;
    }
  }
  take.delivered = parts.clock.now();

  put_away(parts, ear, errors, timeline, take);
  return take;
}

}  // namespace diktate
