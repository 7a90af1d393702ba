#include "core/pipeline.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/joining.h"

namespace diktate {
namespace {

// What every frame passes on its way: detector, segmenter, worker.
class Ear {
 public:
  Ear(VoiceDetector& detector, const SegmenterOptions& options, PieceWorker& worker, Timeline& timeline)
      : detector_(detector),
        segmenter_(options, detector.frame_samples()),
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
      const bool final = event.kind == SegmentEvent::Kind::closed || event.kind == SegmentEvent::Kind::kept;
      if (final) segment_.reset();
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

// Hands over every frame of the source until it ends or `stop` is requested. An error ends it too.
Result<void> listen(AudioSource& source, std::size_t frame_samples, std::stop_token stop,
                    const std::function<void(std::span<const float>)>& hear) {
  Samples frame(frame_samples);
  for (;;) {
    const auto count = source.read(frame, stop);
    if (!count) return tl::unexpected(count.error());
    if (*count > 0) hear(std::span(frame).first(*count));
    if (*count < frame.size()) return {};
  }
}

// Requested when either of two tokens is.
class EitherStop {
 public:
  EitherStop(std::stop_token one, std::stop_token other)
      : one_(std::move(one), Request{source_}), other_(std::move(other), Request{source_}) {}
  std::stop_token token() const { return source_.get_token(); }

 private:
  struct Request {
    std::stop_source source;
    void operator()() { source.request_stop(); }
  };
  std::stop_source source_;
  std::stop_callback<Request> one_;
  std::stop_callback<Request> other_;
};

Outcome outcome_of(const Take& take, const std::optional<Error>& error) {
  if (error) return take.text.empty() ? Outcome::failed : Outcome::delivered_fallback;
  return take.text.empty() ? Outcome::empty : Outcome::delivered;
}

// Listens until key up, the instant at which the last sample was captured. Sequentially, the frames wait
// until then.
Result<void> hear(const TakeParts& parts, bool sequential, std::stop_token stop, Ear& ear, Timeline& timeline,
                  Take& take) {
  const std::size_t frame_samples = parts.detector.frame_samples();
  std::optional first_sample(timeline.span_since(take.key_down, SpanName::first_sample));
  std::optional<Timeline::Scope> hearing;
  Samples recorded;
  const auto heard =
      listen(parts.source, frame_samples, std::move(stop), [&](std::span<const float> samples) {
        if (!hearing) {
          first_sample.reset();
          hearing.emplace(timeline.span(SpanName::hear));
        }
        take.heard += static_cast<std::int64_t>(samples.size());
        if (sequential) {
          recorded.insert(recorded.end(), samples.begin(), samples.end());
        } else {
          ear.hear(samples);
        }
      });
  first_sample.reset();
  hearing.reset();
  take.key_up = parts.source.captured_until();
  for (std::size_t at = 0; at < recorded.size(); at += frame_samples) {
    ear.hear(std::span(recorded).subspan(at, std::min(frame_samples, recorded.size() - at)));
  }
  ear.key_up();
  return heard;
}

// The text made clean. What the processor cannot do costs its work and not the words.
Result<ProcessedText> clean(const TakeParts& parts, const JoinedText& joined, std::stop_token cancel) {
  if (parts.processor == nullptr) return ProcessedText{tidy(joined.text), {}};
  return parts.processor->process({joined.text, joined.starts}, std::move(cancel));
}

// Off the critical path: what the user should know of the take.
void put_away(const AudioSource& source, const Ear& ear, const std::optional<Error>& error,
              Timeline& timeline, Take& take) {
  auto close = timeline.span(SpanName::close);
  if (error) take.cause = error->message;
  take.warnings = source.warnings();
  if (ear.detector_error()) {
    take.warnings.push_back("the voice detector failed: " + ear.detector_error()->message);
  }
  for (const Piece& piece : take.pieces) {
    for (const std::string& note : piece.notes) {
      take.warnings.push_back("piece " + std::to_string(piece.index) + ": " + note);
    }
  }
  close.end();
  take.spans = timeline.spans();
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
  take.key_down = parts.clock.now();
  Timeline timeline(parts.clock);
  auto opening = timeline.span(SpanName::open);
  PieceWorker worker(parts.recogniser, parts.clock, timeline, options.worker, parts.on_piece);
  Ear ear(parts.detector, options.segmenter, worker, timeline);
  if (parts.processor != nullptr)
    static_cast<void>(parts.processor->prepare());  // process() says what failed
  opening.end();

  // While the user speaks: every frame is heard, and what forms a segment is recognised meanwhile. Returns at
  // key up, with the open segment final: from there on the user waits.
  const std::stop_callback give_up(cancel, [&] { worker.cancel(); });
  const EitherStop stop(finish, cancel);
  const auto heard = hear(parts, options.sequential, stop.token(), ear, timeline, take);
  Recognised recognised = worker.finish();
  if (cancel.stop_requested()) {
    take.outcome = Outcome::cancelled;
    take.spans = timeline.spans();
    return take;
  }

  auto joining = timeline.span(SpanName::join);
  take.pieces = std::move(recognised.pieces);
  const JoinedText joined = join_pieces(take.pieces);
  take.raw_text = joined.text;
  joining.end();

  auto cleaning = timeline.span(SpanName::clean);
  auto cleaned = clean(parts, joined, cancel);
  take.clean_text = cleaned ? std::move(cleaned->text) : tidy(take.raw_text);
  if (cleaned) take.keys = std::move(cleaned->keys);
  take.text = options.raw ? take.raw_text : take.clean_text;
  cleaning.end();

  std::optional<Error> error = recognised.error;
  if (!error && !cleaned) error = cleaned.error();
  if (!heard) error = heard.error();
  take.outcome = outcome_of(take, error);
  if (!take.text.empty()) {
    const auto deliver = timeline.span(SpanName::deliver);
    if (auto delivered = parts.deliver(take.text); !delivered) {
      error = delivered.error();
      take.outcome = Outcome::failed;
    }
  }
  take.delivered = parts.clock.now();

  put_away(parts.source, ear, error, timeline, take);
  return take;
}

}  // namespace diktate
