#include "core/recogniser.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/joining.h"

namespace diktate {
namespace {

constexpr std::int64_t kFrame = kSampleRate / 100;      // 10 ms: the grain of energy measurements
constexpr std::int64_t kTrimMargin = kSampleRate / 20;  // 50 ms kept around what is loud enough
constexpr double kTrimRange = 0.0178;  // -35 dB: what is quieter than this part of the peak is silence
constexpr std::int64_t kLeastToHalve = kSampleRate;  // a second: shorter audio is not halved

// Silence around the audio, in samples. All differ from each other by a part of the strides of the model's
// front end: 192 and 384 samples in Moonshine, and 64 between the second one and the others.
struct Framing {
  std::size_t before;
  std::size_t after;
};
constexpr std::array<Framing, 3> kFramings{Framing{0, 0}, Framing{1760, 0}, Framing{3200, 1600}};
constexpr int kShifted = 2;  // the framing that moves both ends

// That in which a piece may not loop that loops in this one.
int other_framing(int framing) { return framing == kShifted ? 0 : kShifted; }

Samples framed(std::span<const float> samples, int framing) {
  const Framing& silence = kFramings[static_cast<std::size_t>(framing)];
  Samples result(silence.before, 0.0F);
  result.insert(result.end(), samples.begin(), samples.end());
  result.insert(result.end(), silence.after, 0.0F);
  return result;
}

double frame_rms(std::span<const float> samples, std::size_t start) {
  double sum = 0;
  const auto frame = samples.subspan(start, std::min<std::size_t>(kFrame, samples.size() - start));
  for (const float sample : frame) sum += double{sample} * sample;
  return std::sqrt(sum / static_cast<double>(frame.size()));
}

Piece piece_of(const Segment& segment) {
  return {.index = segment.piece,
          .start = segment.start,
          .end = segment.end(),
          .pause_before = segment.pause_before,
          .cut = segment.cut};
}

void take_over(Transcript transcript, Piece& piece) {
  piece.text = std::move(transcript.text);
  piece.tokens = std::move(transcript.tokens);
  piece.mean_log_probability = transcript.mean_log_probability;
}

bool same(std::span<const int> tokens, const Loop& loop, std::span<const int> others, const Loop& other) {
  const auto once = tokens.subspan(loop.start, loop.period);
  const auto its = others.subspan(other.start, other.period);
  return std::equal(once.begin(), once.end(), its.begin(), its.end());
}

// Two transcripts of adjoining audio as one.
Transcript concatenate(Transcript first, const Transcript& second) {
  const std::array<Piece, 2> pieces{Piece{.cut = Cut::forced, .text = first.text},
                                    Piece{.text = second.text}};
  const auto count = static_cast<double>(first.tokens.size() + second.tokens.size());
  if (count > 0) {
    first.mean_log_probability = (first.mean_log_probability * static_cast<double>(first.tokens.size()) +
                                  second.mean_log_probability * static_cast<double>(second.tokens.size())) /
                                 count;
  }
  first.text = join_pieces(pieces).text;
  first.tokens.insert(first.tokens.end(), second.tokens.begin(), second.tokens.end());
  return first;
}

}  // namespace

Recogniser::Recogniser(SpeechEngine& engine, const RecogniserOptions& options)
    : engine_(engine), options_(options) {}

Result<void> Recogniser::prepare() {
  auto prepared = engine_.prepare();
  if (prepared) warm_ = true;
  return prepared;
}

Result<Piece> Recogniser::recognise(const Segment& segment, const Draft& draft, std::stop_token cancel) {
  Piece piece = piece_of(segment);
  if (seconds(segment.speech) < options_.least_speech) return piece;

  piece.framing = draft.framing;
  auto transcript = decode(segment.samples, draft, cancel);
  if (transcript && transcript->text.empty()) {
    transcript = recover_empty(segment.samples, draft, piece, cancel);
  } else if (transcript && loops(transcript->tokens, segment.samples.size(), draft.tokens)) {
    transcript = recover_loop(segment.samples, std::move(*transcript), draft, piece, cancel);
  }
  if (!transcript) return tl::unexpected(transcript.error());

  if (transcript->text.empty())
    piece.notes.emplace_back("speech was heard, but no words were recognised in it");
  if (has_invented_closing(transcript->text, seconds(segment.speech))) {
    piece.notes.emplace_back(
        "the closing phrase may be the recogniser's own: there is no time for it in the audio");
  }
  take_over(std::move(*transcript), piece);
  return piece;
}

Result<Piece> Recogniser::sketch(const Segment& segment, const Draft& draft, std::stop_token cancel) {
  auto transcript = decode(segment.samples, draft, std::move(cancel));
  if (!transcript) return tl::unexpected(transcript.error());
  const bool looping = loops(transcript->tokens, segment.samples.size(), draft.tokens);
  Piece piece = piece_of(segment);
  piece.framing = looping ? other_framing(draft.framing) : draft.framing;
  take_over(looping ? without_loop(std::move(*transcript)) : std::move(*transcript), piece);
  return piece;
}

Result<Piece> Recogniser::second_opinion(const Segment& segment, Piece piece, std::stop_token cancel) {
  const int first = piece.framing;
  const std::vector<int> draft = piece.tokens;
  for (int framing = 0; framing < static_cast<int>(kFramings.size()); ++framing) {
    if (framing == first) continue;
    auto other = decode(segment.samples, {draft, framing}, cancel);
    if (!other && piece.framing != first) return piece;
    if (!other) return tl::unexpected(other.error());
    if (other->text.empty() || loops(other->tokens, segment.samples.size(), draft)) continue;
    if (other->mean_log_probability <= piece.mean_log_probability) continue;
    piece.framing = framing;
    take_over(std::move(*other), piece);
  }
  return piece;
}

// The model sometimes ends at its first step. Forbidding that is cheap (the encoder's output is there, as the
// audio is framed as before) and nearly always enough; then the audio itself is changed: without the silence
// in it, then in halves.
Result<Transcript> Recogniser::recover_empty(std::span<const float> samples, const Draft& draft, Piece& piece,
                                             std::stop_token cancel) {
  piece.notes.emplace_back("the first answer was empty: decoded again");
  auto again = engine_.transcribe(framed(samples, draft.framing),
                                  {.suppress_end_at_start = true, .draft = draft.tokens}, cancel);
  if (!again || (!again->text.empty() && !loops(again->tokens, samples.size(), draft.tokens))) return again;

  piece.framing = 0;
  const auto trimmed = trim_silence(samples);
  again = decode_never_empty(trimmed, cancel);
  if (!again || (!again->text.empty() && !loops(again->tokens, trimmed.size()))) return again;
  auto halves = decode_halves(trimmed, cancel);
  if (halves && halves->text.empty()) return without_loop(std::move(*again));
  return halves;
}

// Where a piece begins and ends decides whether the model loops: try another boundary, then one in the
// middle. What repeats on another boundary as well, and comes to an end there, was said: "555-5555".
Result<Transcript> Recogniser::recover_loop(std::span<const float> samples, Transcript looped, Draft draft,
                                            Piece& piece, std::stop_token cancel) {
  piece.notes.emplace_back("the answer repeated itself: cut, and decoded again");
  const int other = other_framing(piece.framing);
  const auto loop = loop_in(looped.tokens);
  const auto before = std::span(looped.tokens).first(loop ? loop->start + loop->period : 0);
  if (before.size() > draft.tokens.size()) draft.tokens = before;
  const auto endless = [&](std::span<const int> tokens) { return too_many(tokens, samples.size()); };
  auto shifted =
      engine_.transcribe(framed(samples, other), {.enough = endless, .draft = draft.tokens}, cancel);
  if (!shifted) return shifted;
  const auto again = loop_in(shifted->tokens);
  const bool said = !again || (loop && same(looped.tokens, *loop, shifted->tokens, *again));
  if (!shifted->text.empty() && !endless(shifted->tokens) && said) {
    piece.framing = other;
    return shifted;
  }
  auto halves = decode_halves(samples, cancel);
  if (halves && halves->text.empty()) return without_loop(std::move(looped));
  return halves;
}

// What follows the first sign of a loop is not waited for.
Result<Transcript> Recogniser::decode(std::span<const float> samples, const Draft& draft,
                                      std::stop_token cancel) {
  const auto looping = [&](std::span<const int> tokens) {
    return loops(tokens, samples.size(), draft.tokens);
  };
  return engine_.transcribe(framed(samples, draft.framing), {.enough = looping, .draft = draft.tokens},
                            std::move(cancel));
}

Result<Transcript> Recogniser::decode_halves(std::span<const float> samples, std::stop_token cancel) {
  if (static_cast<std::int64_t>(samples.size()) < kLeastToHalve) return Transcript{};
  const std::size_t middle = quietest_point_near_middle(samples);
  auto first = decode_never_empty(samples.first(middle), cancel);
  if (!first) return first;
  auto second = decode_never_empty(samples.subspan(middle), cancel);
  if (!second) return second;
  return concatenate(without_loop(std::move(*first)), without_loop(std::move(*second)));
}

Result<Transcript> Recogniser::decode_never_empty(std::span<const float> samples, std::stop_token cancel) {
  auto transcript = engine_.transcribe(samples, {}, cancel);
  if (!transcript || !transcript->text.empty()) return transcript;
  return engine_.transcribe(samples, {.suppress_end_at_start = true}, cancel);
}

bool Recogniser::too_many(std::span<const int> tokens, std::size_t samples) const {
  const double most = options_.most_tokens_per_second * seconds(static_cast<std::int64_t>(samples));
  return static_cast<double>(tokens.size()) > most + options_.spare_tokens;
}

std::optional<Loop> Recogniser::loop_in(std::span<const int> tokens) const {
  return find_loop(tokens, options_.loop_longest, options_.loop_repeats);
}

// A draft that repeats itself was found to be right.
bool Recogniser::loops(std::span<const int> tokens, std::size_t samples, std::span<const int> draft) const {
  return too_many(tokens, samples) || (loop_in(tokens) && !loop_in(draft));
}

// What repeats is said once, and what follows it stays.
Transcript Recogniser::without_loop(Transcript transcript) const {
  while (const auto loop = loop_in(transcript.tokens)) {
    const auto first = transcript.tokens.begin() + static_cast<std::ptrdiff_t>(loop->start + loop->period);
    const auto last = first + static_cast<std::ptrdiff_t>(loop->period * (loop->repeats - 1));
    transcript.tokens.erase(first, last);
    transcript.text = engine_.text_of(transcript.tokens);
  }
  return transcript;
}

std::optional<Loop> find_loop(std::span<const int> tokens, int longest, int repeats) {
  for (std::size_t period = 1; period <= static_cast<std::size_t>(longest); ++period) {
    std::size_t run = 0;  // tokens in a row that equal the one a period before
    for (std::size_t i = period; i < tokens.size(); ++i) {
      run = tokens[i] == tokens[i - period] ? run + 1 : 0;
      if (run < period * static_cast<std::size_t>(repeats - 1)) continue;
      const std::size_t start = i + 1 - run - period;
      while (i + 1 < tokens.size() && tokens[i + 1] == tokens[i + 1 - period]) {
        ++i;
        ++run;
      }
      return Loop{start, period, (run + period) / period};
    }
  }
  return std::nullopt;
}

bool has_invented_closing(std::string_view text, double speech_seconds) {
  constexpr std::array<std::string_view, 6> kClosings{
      "Thank you.", "Thanks for watching.", "Thank you for watching.", "Bye.",
      "Bye bye.",   "Thank you very much."};
  constexpr double kMostCharactersPerSecond = 22.0;  // fast read English is about 18
  const bool closing = std::any_of(kClosings.begin(), kClosings.end(),
                                   [&](std::string_view phrase) { return text.ends_with(phrase); });
  return closing && static_cast<double>(text.size()) > kMostCharactersPerSecond * speech_seconds;
}

std::span<const float> trim_silence(std::span<const float> samples) {
  double loudest = 0;
  for (std::size_t i = 0; i < samples.size(); i += kFrame) loudest = std::max(loudest, frame_rms(samples, i));
  std::size_t first = samples.size();
  std::size_t last = 0;
  for (std::size_t i = 0; i < samples.size(); i += kFrame) {
    if (frame_rms(samples, i) < loudest * kTrimRange) continue;
    first = std::min(first, i);
    last = i + kFrame;
  }
  first -= std::min<std::size_t>(first, kTrimMargin);
  last = std::min(last + kTrimMargin, samples.size());
  return first < last ? samples.subspan(first, last - first) : samples;
}

std::size_t quietest_point_near_middle(std::span<const float> samples) {
  constexpr std::size_t kWindow = 10;  // frames: 100 ms
  const std::size_t first = samples.size() / 3;
  const std::size_t last = samples.size() * 2 / 3;
  std::size_t best = samples.size() / 2;
  double least = INFINITY;
  for (std::size_t i = first; i + kWindow * kFrame <= last; i += kFrame) {
    double sum = 0;
    for (std::size_t j = 0; j < kWindow; ++j) sum += frame_rms(samples, i + j * kFrame);
    if (sum >= least) continue;
    least = sum;
    best = i + kWindow * kFrame / 2;
  }
  return best;
}

}  // namespace diktate
