// Wraps any engine and owns what engines must not: noticing that an answer is wrong, and getting a better
// one.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/ports.h"
#include "core/values.h"

namespace diktate {

struct RecogniserOptions {
  double least_speech = 0.1;            // s of detector speech under which a segment is a click, not a word
  double most_tokens_per_second = 7.0;  // more than people say: fast English is about 5 words a second
  int spare_tokens = 8;                 // and so many more: "one million dollars" is "$1,000,000."
  int loop_repeats = 4;                 // an n-gram this often in a row is a loop
  int loop_longest = 8;                 // of at most so many tokens
  double doubtful = -0.2;  // a mean log-probability under which a second opinion is worth its time
};

// A part of some tokens that repeats: an n-gram of `period` tokens.
struct Loop {
  std::size_t start;
  std::size_t period;
  std::size_t repeats;  // whole ones
};

// One thread. Borrows the engine.
class Recogniser {
 public:
  explicit Recogniser(SpeechEngine& engine, const RecogniserOptions& options = {});

  // Loads the engine; the first call is the cold one.
  Result<void> prepare();
  bool warm() const { return warm_; }

  // What an earlier decode of the same piece, or of its beginning, gave: tokens as in DecodeOptions, and the
  // framing that understood it best.
  struct Draft {
    std::span<const int> tokens = {};
    int framing = 0;
  };

  // Decodes a segment, in the framing of the draft. Waits for the model. Text is empty only when the
  // segment holds no speech, or when nothing that was tried gave any (then a note says so).
  Result<Piece> recognise(const Segment& segment, const Draft& draft, std::stop_token cancel);

  // For a draft: decodes a segment that ends in the middle of speech once, and mends nothing but a loop,
  // which is cut; the framing of the answer is another one then.
  Result<Piece> sketch(const Segment& segment, const Draft& draft, std::stop_token cancel);

  // Whether second_opinion() may find something better.
  bool doubts(const Piece& piece) const {
    return !piece.tokens.empty() && piece.mean_log_probability < options_.doubtful;
  }

  // Decodes the segment of a doubtful piece again, framed a little differently, and answers with the most
  // probable of all answers: the model's errors depend on where its windows fall, and its confidence tells
  // them. Takes less than twice as long as recognise(). Cancelled, or left by the engine, it answers with
  // what it has, if that is better than `piece`.
  Result<Piece> second_opinion(const Segment& segment, Piece piece, std::stop_token cancel);

 private:
  Result<Transcript> recover_empty(std::span<const float> samples, const Draft& draft, Piece& piece,
                                   std::stop_token cancel);
  Result<Transcript> recover_loop(std::span<const float> samples, Transcript looped, Draft draft,
                                  Piece& piece, std::stop_token cancel);
  Result<Transcript> decode(std::span<const float> samples, const Draft& draft, std::stop_token cancel);
  Result<Transcript> decode_halves(std::span<const float> samples, std::stop_token cancel);
  Result<Transcript> decode_never_empty(std::span<const float> samples, std::stop_token cancel);
  bool too_many(std::span<const int> tokens, std::size_t samples) const;
  std::optional<Loop> loop_in(std::span<const int> tokens) const;
  bool loops(std::span<const int> tokens, std::size_t samples, std::span<const int> draft = {}) const;
  Transcript without_loop(Transcript transcript) const;

  SpeechEngine& engine_;
  const RecogniserOptions options_;
  bool warm_ = false;
};

// The first n-gram of at most `longest` tokens that is there `repeats` times in a row or more.
std::optional<Loop> find_loop(std::span<const int> tokens, int longest, int repeats);

// Whether a phrase that models like to invent at the end ("Thank you.") stands at the end of more words than
// `speech_seconds` of speech can hold.
bool has_invented_closing(std::string_view text, double speech_seconds);

// Borrowed views, for the second attempts.
std::span<const float> trim_silence(std::span<const float> samples);
std::size_t quietest_point_near_middle(std::span<const float> samples);

}  // namespace diktate
