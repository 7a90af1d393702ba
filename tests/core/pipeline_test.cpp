#include "core/pipeline.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <random>

#include <gtest/gtest.h>

#include "fakes/fake_detector.h"
#include "fakes/fake_engine.h"
#include "fakes/fake_source.h"

namespace diktate {
namespace {

using fakes::FakeClock;
using fakes::FakeDetector;
using fakes::FakeEngine;
using fakes::FakeSource;
using fakes::pause;
using fakes::say;

// Hands over what follows the gate only when that is open, and what was decoded for it is settled.
class GatedSource final : public AudioSource {
 public:
  GatedSource(Samples audio, std::size_t gate, std::future<void> open)
      : source_(std::move(audio)), gate_(gate), open_(std::move(open)) {}
  Result<std::size_t> read(std::span<float> out, std::stop_token stop) override {
    if (at_ >= gate_ && open_.valid()) {
      open_.get();
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    const auto count = source_.read(out, stop);
    at_ += count.value_or(0);
    return count;
  }
  Instant captured_until() const override { return source_.captured_until(); }

 private:
  FakeSource source_;
  std::size_t gate_;
  std::size_t at_ = 0;
  std::future<void> open_;
};

class Dictation : public testing::Test {
 public:
  Take run(Samples audio, const TakeOptions& options = {}) {
    FakeSource source(std::move(audio));
    return run(source, options);
  }

  Take run(FakeSource& source, const TakeOptions& options = {}) {
    const TakeParts parts{
        source,
        detector,
        recogniser,
        *parts_clock,
        [this](const InsertRequest& request) -> Result<void> {
          delivered.emplace_back(request.text);
          pressed.assign(request.keys.begin(), request.keys.end());
          return deliver_answer;
        },
        [this](const Piece& piece, bool final) { (final ? finals : offers).push_back(piece.text); },
        processor,
        record,
        is_own_sound};
    return dictate(parts, options, finish.get_token(), cancel.get_token());
  }

  // What follows the gate is said only when something was decoded.
  Take run_gated(Samples audio, std::size_t gate, const TakeOptions& options = {}) {
    std::promise<void> decoded;
    engine.answer = [&](std::span<const float> samples, auto&, auto) -> Result<Transcript> {
      if (engine.calls.size() == 1) decoded.set_value();
      return engine.listen(samples);
    };
    GatedSource source(std::move(audio), gate, decoded.get_future());
    const TakeParts parts{source, detector, recogniser, clock, [](auto) { return Result<void>{}; }};
    return dictate(parts, options, {}, {});
  }

  SteadyClock clock;
  const Clock* parts_clock = &clock;
  FakeDetector detector;
  FakeEngine engine;
  Recogniser recogniser{engine};
  std::stop_source finish;
  std::stop_source cancel;
  Result<void> deliver_answer;
  std::vector<std::string> delivered;
  std::vector<std::string> pressed;
  std::vector<std::string> finals;
  std::vector<std::string> offers;
  TextProcessor* processor = nullptr;
  TakeRecord* record = nullptr;
  std::function<bool(Instant)> is_own_sound;
};

// Words 1, 2, ... with a pause after each.
Samples sentence(int words, double length = 0.7, double gap = 0.3) {
  Samples audio;
  pause(audio, 0.5);
  for (int word = 1; word <= words; ++word) {
    say(audio, word, length);
    pause(audio, gap);
  }
  return audio;
}

std::string words_up_to(int last) {
  std::string text = "W1";
  for (int word = 2; word <= last; ++word) text += " w" + std::to_string(word);
  return text;
}

// Keeps how much was heard, and whether there was any sound in it.
class SoundRecord final : public TakeRecord {
 public:
  void samples(std::span<const float> heard) override {
    count += heard.size();
    for (const float sample : heard) silent = silent && sample == 0;
  }
  void transcript(std::string_view) override {}
  void clean_text(std::string_view) override {}
  std::vector<std::string> warnings() const override { return {}; }

  std::size_t count = 0;
  bool silent = true;
};

TEST_F(Dictation, RecognisesNoSoundOfOurOwnButKeepsIt) {
  SoundRecord kept;
  record = &kept;
  is_own_sound = [](Instant) { return true; };
  const Samples audio = sentence(2);
  EXPECT_EQ(run(audio).outcome, Outcome::empty);
  EXPECT_EQ(kept.count, audio.size());
  EXPECT_FALSE(kept.silent);
  is_own_sound = [](Instant) { return false; };
  EXPECT_EQ(run(audio).outcome, Outcome::delivered);
}

TEST_F(Dictation, DeliversEveryWordOnceAndInOrder) {
  const Take take = run(sentence(40));
  EXPECT_EQ(take.outcome, Outcome::delivered);
  EXPECT_EQ(take.text, words_up_to(40));
  EXPECT_EQ(delivered, std::vector{take.text});
  EXPECT_GT(take.pieces.size(), 3U);
  EXPECT_EQ(finals.size(), take.pieces.size());
}

TEST_F(Dictation, SaysTheSameWhenEverythingHappensAfterKeyUp) {
  const Take overlapped = run(sentence(40));
  const Take sequential = run(sentence(40), sequential_options());
  EXPECT_EQ(sequential.text, overlapped.text);
  for (const Span& span : sequential.spans) {
    if (span.name == SpanName::recognise) {
      EXPECT_GE(span.start, sequential.key_up);
    }
  }
}

TEST_F(Dictation, DeliversTheRawTextWhenAsked) {
  const Take take = run(sentence(3), {.raw = true});
  EXPECT_EQ(take.text, "w1 w2 w3");
  EXPECT_EQ(take.clean_text, "W1 w2 w3");
  EXPECT_EQ(delivered.at(0), take.raw_text);
}

TEST_F(Dictation, FinishDeliversWhatWasSaid) {
  Samples audio = sentence(10);
  FakeSource source(audio);
  source.holds_at = audio.size() / 2;
  source.on_hold = [this] { finish.request_stop(); };
  const Take take = run(source);
  EXPECT_EQ(take.outcome, Outcome::delivered);
  EXPECT_EQ(take.text.substr(0, 14), "W1 w2 w3 w4 w5");
  EXPECT_EQ(delivered.size(), 1U);
}

// Runs a take whose key goes up in the middle of the audio, in the third word.
Take released_in_a_word(Dictation& dictation, double length, Nanoseconds lag = {}) {
  FakeSource source(sentence(5, length));
  source.lag = lag;
  source.pauses_at = static_cast<std::size_t>((0.5 + 2 * (length + 0.3) + 0.3) * kSampleRate);
  FakeClock clock;
  dictation.parts_clock = &clock;
  source.live_on = &clock;
  source.on_pause = [&] { dictation.finish.request_stop(); };
  Take take = dictation.run(source);
  dictation.parts_clock = &dictation.clock;
  return take;
}

TEST_F(Dictation, AtTheEndOfAFileTheKeyGoesUpWhenItsLastSampleWasCaptured) {
  FakeSource source(sentence(3));
  FakeClock live;
  source.live_on = &live;
  source.lag = std::chrono::milliseconds(40);
  parts_clock = &live;
  const Take take = run(source);
  parts_clock = &clock;
  EXPECT_EQ(take.key_up, source.captured_until());
  EXPECT_EQ(take.key_up, live.now() - source.lag) << "and not when that is noticed";
}

TEST_F(Dictation, HearsTheWordToItsEndThatIsSaidAtKeyUp) {
  const Take take = released_in_a_word(*this, 0.45);
  const double end_of_word = 0.5 + 2 * 0.75 + 0.45;
  EXPECT_GE(seconds(take.heard), end_of_word);
  EXPECT_LE(seconds(take.heard), end_of_word + 3 * 0.032) << "no longer than it takes to know of the pause";
  EXPECT_EQ(take.text, "W1 w2 w3");
  EXPECT_EQ(take.outcome, Outcome::delivered);
}

TEST_F(Dictation, HearsWhatWasCapturedBeforeKeyUpAndIsReadAfterIt) {
  const Take take = released_in_a_word(*this, 0.45, std::chrono::milliseconds(700));
  const double key_up = 0.5 + 2 * 0.75 + 0.3 + 0.7;
  EXPECT_GE(seconds(take.heard), key_up);
  EXPECT_EQ(take.text, "W1 w2 w3 w4") << "the pause after the third word was before key up";
}

TEST_F(Dictation, DoesNotWaitForTheEndOfAWordWhereNothingComes) {
  Samples audio = sentence(3, 3);
  FakeSource source(audio);
  source.holds_at = static_cast<std::size_t>(2.0 * kSampleRate);  // in the first word
  source.on_hold = [this] { finish.request_stop(); };
  const Take take = run(source);
  EXPECT_EQ(take.outcome, Outcome::delivered);
  EXPECT_EQ(delivered.size(), 1U);
}

TEST_F(Dictation, WaitsNoLongerThan200MillisecondsForTheEndOfAWord) {
  const Take take = released_in_a_word(*this, 3);
  const double key_up = 0.5 + 2 * 3.3 + 0.3;
  EXPECT_GE(seconds(take.heard), key_up + 0.2);
  EXPECT_LE(seconds(take.heard), key_up + 0.2 + 3 * 0.032);
  EXPECT_EQ(take.outcome, Outcome::delivered);
}

TEST_F(Dictation, CancelDeliversNothing) {
  Samples audio = sentence(10);
  FakeSource source(audio);
  source.holds_at = audio.size() / 2;
  source.on_hold = [this] { cancel.request_stop(); };
  const Take take = run(source);
  EXPECT_EQ(take.outcome, Outcome::cancelled);
  EXPECT_TRUE(delivered.empty());
}

TEST_F(Dictation, CancelDoesNotWaitForADecodeThatHangs) {
  engine.answer = [](auto, auto&, std::stop_token stop) -> Result<Transcript> {
    while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return fail(ErrorKind::cancelled, "cancelled");
  };
  Samples audio = sentence(20);
  FakeSource source(audio);
  source.holds_at = audio.size() / 2;
  source.on_hold = [this] { cancel.request_stop(); };
  EXPECT_EQ(run(source).outcome, Outcome::cancelled);
}

TEST_F(Dictation, CancelAfterKeyUpDeliversNothing) {
  engine.answer = [this](std::span<const float> samples, auto&, std::stop_token stop) -> Result<Transcript> {
    cancel.request_stop();
    while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    (void)samples;
    return fail(ErrorKind::cancelled, "cancelled");
  };
  EXPECT_EQ(run(sentence(2, 0.7, 0.01)).outcome, Outcome::cancelled);
  EXPECT_TRUE(delivered.empty());
}

TEST_F(Dictation, SilenceIsEmptyAndNothingIsDelivered) {
  Samples audio;
  pause(audio, 5);
  const Take take = run(audio);
  EXPECT_EQ(take.outcome, Outcome::empty);
  EXPECT_TRUE(delivered.empty());
  EXPECT_TRUE(engine.calls.empty());
}

TEST_F(Dictation, NoAudioAtAllIsEmpty) { EXPECT_EQ(run(Samples{}).outcome, Outcome::empty); }

TEST_F(Dictation, DeliversWhatWasHeardBeforeTheMicrophoneWasLost) {
  Samples audio = sentence(10);
  FakeSource source(audio);
  source.fails_at = audio.size() / 2;
  const Take take = run(source);
  EXPECT_EQ(take.outcome, Outcome::delivered_fallback);
  EXPECT_EQ(take.cause, "the microphone is gone");
  EXPECT_EQ(take.text.substr(0, 8), "W1 w2 w3");
}

TEST_F(Dictation, FailsWithTheCauseWhenTheModelCannotBeLoaded) {
  engine.prepare_answer = fail(ErrorKind::unavailable, "the model is missing");
  const Take take = run(sentence(3));
  EXPECT_EQ(take.outcome, Outcome::failed);
  EXPECT_EQ(take.cause, "the model is missing");
  EXPECT_TRUE(delivered.empty());
}

TEST_F(Dictation, DeliversTheOtherPiecesWhenOneCannotBeRecognised) {
  int calls = 0;
  engine.answer = [&](std::span<const float> samples, auto&, auto) -> Result<Transcript> {
    for (const int word : fakes::words_in(samples)) {
      if (word == 1) return fail(ErrorKind::failed, "the model broke");
    }
    ++calls;
    return engine.listen(samples);
  };
  const Take take = run(sentence(20));
  EXPECT_EQ(take.outcome, Outcome::delivered_fallback);
  EXPECT_EQ(take.cause, "the model broke");
  EXPECT_NE(take.text.find("w20"), std::string::npos);
}

TEST_F(Dictation, TakesEverythingForSpeechWhenTheDetectorBreaks) {
  detector.fails_at = 30;
  const Take take = run(sentence(10));
  EXPECT_EQ(take.text, words_up_to(10));
  ASSERT_EQ(take.warnings.size(), 1U);
  EXPECT_NE(take.warnings[0].find("the detector broke"), std::string::npos);
}

TEST_F(Dictation, FailsWhenTheTextCannotBeHandedOverAndKeepsIt) {
  deliver_answer = fail(ErrorKind::failed, "nobody took it");
  const Take take = run(sentence(3));
  EXPECT_EQ(take.outcome, Outcome::failed);
  EXPECT_EQ(take.cause, "nobody took it");
  EXPECT_EQ(take.clean_text, "W1 w2 w3");
}

TEST_F(Dictation, AProvisionalDecodeIsTheTextWhenNothingFollowsIt) {
  Samples audio = sentence(3, 0.7, 0.05);
  pause(audio, 0.2);
  FakeSource source(audio);
  source.holds_at = audio.size() - 1;
  source.on_hold = [&] { finish.request_stop(); };
  TakeOptions options;
  options.segmenter.sketch_interval = 0;
  const Take take = run(source, options);
  EXPECT_EQ(take.text, "W1 w2 w3");
  EXPECT_EQ(engine.calls.size(), 1U);
}

TEST_F(Dictation, WordsOfAVoidDecodeServeAsTheDraftOfTheNext) {
  Samples audio;
  say(audio, 1, 1.0);
  pause(audio, 0.216);  // up to the end of a frame
  const std::size_t after_first = audio.size();
  say(audio, 2, 1.0);
  const Take take = run_gated(audio, after_first);
  EXPECT_EQ(take.text, "W1 w2");
  ASSERT_EQ(engine.calls.size(), 2U);
  EXPECT_EQ(engine.calls[1].draft, std::vector<int>{1});
}

TEST_F(Dictation, WhatADraftDoesNotUnderstandIsNotTriedAgain) {
  Samples audio;
  say(audio, 1, 2.5);
  std::promise<void> decoded;
  engine.answer = [&](std::span<const float> samples, auto&, auto) -> Result<Transcript> {
    if (engine.calls.size() > 1) return engine.listen(samples);
    decoded.set_value();
    return Transcript{};
  };
  TakeOptions options;
  options.segmenter.sketch_interval = 1.0;
  GatedSource gate(audio, static_cast<std::size_t>(samples_of(1.6)), decoded.get_future());
  const TakeParts parts{gate, detector, recogniser, clock, [](auto) { return Result<void>{}; }};
  EXPECT_EQ(dictate(parts, options, {}, {}).text, "W1");
  for (const auto& call : engine.calls) EXPECT_FALSE(call.suppress_end_at_start);
}

TEST_F(Dictation, DecodesOnlyTheTailOfALongPieceThatIsStillBeingSaidAtKeyUp) {
  Samples audio;
  say(audio, 1, 8.0);
  pause(audio, 0.096);
  const std::size_t after_first = audio.size();
  say(audio, 2, 3.0);
  TakeOptions options;
  options.segmenter.sketch_interval = 0;
  const Take take = run_gated(audio, after_first, options);
  EXPECT_EQ(take.text, "W1 w2");
  ASSERT_EQ(engine.calls.size(), 2U);
  EXPECT_LT(static_cast<std::int64_t>(engine.calls[1].samples.size()), samples_of(3.2))
      << "what was understood is not decoded again";
  ASSERT_EQ(take.pieces.size(), 2U);
  EXPECT_EQ(take.pieces[0].end, take.pieces[1].start);
}

TEST_F(Dictation, AnExceptionOfTheEngineCostsItsPieceAlone) {
  engine.answer = [&](std::span<const float> samples, auto&, auto) -> Result<Transcript> {
    if (engine.calls.size() == 1) throw std::runtime_error("out of range");
    return engine.listen(samples);
  };
  Samples audio = sentence(3);
  pause(audio, 2.0);
  const std::size_t first = audio.size();
  say(audio, 4, 1.0);
  pause(audio, 0.5);
  ASSERT_GT(audio.size(), first);
  const Take take = run(audio, file_options());
  EXPECT_EQ(take.outcome, Outcome::delivered_fallback);
  EXPECT_EQ(take.raw_text, "w4");
  EXPECT_NE(take.cause.find("out of range"), std::string::npos);
}

TEST_F(Dictation, ASecondOpinionThatFailsCostsNoWord) {
  engine.answer = [&](std::span<const float> samples, auto&, auto) -> Result<Transcript> {
    if (engine.calls.size() > 1) return fail(ErrorKind::failed, "there is no memory for it");
    Transcript doubtful = engine.listen(samples);
    doubtful.mean_log_probability = -1;
    return doubtful;
  };
  const Take take = run(sentence(3), file_options());
  EXPECT_EQ(take.outcome, Outcome::delivered);
  EXPECT_EQ(take.text, "W1 w2 w3");
  EXPECT_EQ(engine.calls.size(), 2U);
}

TEST_F(Dictation, ADecodeThatWasNotNeededMayFail) {
  Samples audio;
  say(audio, 1, 1.0);
  pause(audio, 0.216);
  const std::size_t after_first = audio.size();
  say(audio, 2, 1.0);
  std::promise<void> decoded;
  engine.answer = [&](std::span<const float> samples, auto&, auto) -> Result<Transcript> {
    if (engine.calls.size() > 1) return engine.listen(samples);
    decoded.set_value();
    return fail(ErrorKind::failed, "there is no memory for it");
  };
  GatedSource gate(audio, after_first, decoded.get_future());
  const TakeParts parts{gate, detector, recogniser, clock, [](auto) { return Result<void>{}; }};
  const Take take = dictate(parts, {}, {}, {});
  EXPECT_EQ(take.text, "W1 w2");
  EXPECT_EQ(take.outcome, Outcome::delivered);
  EXPECT_FALSE(take.lost);
  EXPECT_FALSE(take.broken);
}

TEST_F(Dictation, BeginsWhenTheKeyWentDown) {
  TakeOptions options;
  options.key_down = clock.now() - std::chrono::milliseconds(70);
  Samples audio;
  say(audio, 1, 1.0);
  const Take take = run(audio, options);
  EXPECT_EQ(take.key_down, *options.key_down);
  const auto first = std::find_if(take.spans.begin(), take.spans.end(),
                                  [](const Span& span) { return span.name == SpanName::first_sample; });
  ASSERT_NE(first, take.spans.end());
  EXPECT_EQ(first->start, take.key_down);
}

TEST_F(Dictation, ListeningWaitsForTheEngineWhenTheQueueIsFull) {
  std::promise<void> last_word;
  auto reached = last_word.get_future();
  std::atomic<int> decoded = 0;
  int decoded_by_then = -1;
  engine.answer = [&](std::span<const float> samples, auto&, auto) -> Result<Transcript> {
    // In vain: listening waits for this decode. If it did not, it would be there long before.
    if (decoded == 0) reached.wait_for(std::chrono::milliseconds(300));
    ++decoded;
    return engine.listen(samples);
  };
  const Samples audio = sentence(99);
  FakeSource source(audio);
  source.pauses_at = audio.size() - kSampleRate;
  source.on_pause = [&] {
    decoded_by_then = decoded;
    last_word.set_value();
  };
  TakeOptions options = file_options();
  options.worker.queue_limit = 1;
  const Take take = run(source, options);
  EXPECT_EQ(take.text, words_up_to(99));
  ASSERT_GE(take.pieces.size(), 4U);
  EXPECT_GE(decoded_by_then, static_cast<int>(take.pieces.size()) - 3)
      << "of those heard by then one waits, one is being decoded";
}

TEST_F(Dictation, TheTimelineCoversTheWayFromKeyDownToDelivery) {
  const Take take = run(sentence(30));
  const auto count = [&](SpanName name) {
    return std::count_if(take.spans.begin(), take.spans.end(),
                         [&](const Span& span) { return span.name == name; });
  };
  for (const auto name : {SpanName::open, SpanName::prepare, SpanName::first_sample, SpanName::hear,
                          SpanName::join, SpanName::clean, SpanName::deliver, SpanName::close}) {
    EXPECT_EQ(count(name), 1) << to_string(name);
  }
  EXPECT_EQ(count(SpanName::segment), static_cast<std::ptrdiff_t>(take.pieces.size()));
  EXPECT_GE(count(SpanName::recognise), static_cast<std::ptrdiff_t>(take.pieces.size()));
  EXPECT_EQ(count(SpanName::queue), count(SpanName::recognise));
  EXPECT_EQ(count(SpanName::work), count(SpanName::recognise));
  for (const Span& span : take.spans) {
    EXPECT_GE(span.start, take.key_down);
    EXPECT_LE(span.start, span.end);
    if (!span.parent) continue;
    const Span& parent = take.spans.at(*span.parent);
    EXPECT_EQ(parent.name, SpanName::recognise);
    EXPECT_GE(span.start, parent.start);
    EXPECT_LE(span.end, parent.end);
  }
  EXPECT_GE(take.delivered, take.key_up);
}

TEST_F(Dictation, OnlyTheFirstTakeIsCold) {
  const Take first = run(sentence(3));
  const Take second = run(sentence(3));
  const auto cold = [](const Take& take) {
    return std::any_of(take.spans.begin(), take.spans.end(), [](const Span& span) { return span.cold; });
  };
  EXPECT_TRUE(cold(first));
  EXPECT_FALSE(cold(second));
  EXPECT_EQ(engine.prepared, 1);
}

// A doubtful answer until the audio comes with silence before it.
Transcript doubtful_at_first(std::span<const float> samples) {
  Transcript transcript;
  transcript.tokens = {samples.size() > 1000 && samples[0] == 0 && samples[999] == 0 ? 2 : 1};
  transcript.text = fakes::text_of_words(transcript.tokens);
  transcript.mean_log_probability = transcript.tokens[0] == 2 ? -0.1 : -0.9;
  return transcript;
}

TEST_F(Dictation, FilesGetASecondOpinionAtOnceWhenTheFirstAnswerIsDoubtful) {
  engine.answer = [](std::span<const float> samples, auto&, auto) { return doubtful_at_first(samples); };
  Samples audio;
  say(audio, 1, 2);
  EXPECT_EQ(run(audio, file_options()).text, "W2");
  EXPECT_EQ(run(audio, sequential_options()).text, "W1");
}

TEST_F(Dictation, ADictationGetsOneOnlyWhileTheEngineIsIdle) {
  std::promise<void> improved;
  engine.answer = [&](std::span<const float> samples, auto&, auto) {
    if (engine.calls.size() == 3) improved.set_value();
    return doubtful_at_first(samples);
  };
  Samples audio;
  say(audio, 1, 2);
  pause(audio, 0.2);
  FakeSource idle(audio);
  idle.holds_at = audio.size() - audio.size() % 512;
  idle.on_hold = [&] {
    improved.get_future().get();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    finish.request_stop();
  };
  EXPECT_EQ(run(idle).text, "W2");
  finish = std::stop_source();
  engine.answer = [](std::span<const float> samples, auto&, std::stop_token stop) -> Result<Transcript> {
    const Transcript transcript = doubtful_at_first(samples);
    while (transcript.tokens[0] == 2 && !stop.stop_requested()) std::this_thread::yield();
    if (stop.stop_requested()) return fail(ErrorKind::cancelled, "cancelled");
    return transcript;
  };
  EXPECT_EQ(run(audio).text, "W1");
}

TEST_F(Dictation, DecodesAPieceOnInTheFramingThatUnderstoodItsBeginningBest) {
  std::promise<void> improved;
  std::atomic<int> answers = 0;
  engine.answer = [&](std::span<const float> samples, auto&, auto) {
    if (++answers == 3) improved.set_value();
    return doubtful_at_first(samples);
  };
  Samples audio;
  say(audio, 1, 2);
  pause(audio, 0.2);
  const std::size_t resumes = audio.size() - audio.size() % 512;
  say(audio, 1, 1);
  FakeSource source(audio);
  source.pauses_at = resumes;
  source.on_pause = [&] {
    improved.get_future().get();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  };
  EXPECT_EQ(run(source).text, "W2");
  const Samples& tail = engine.calls.back().samples;
  EXPECT_GT(tail.size(), static_cast<std::size_t>(samples_of(3)));
  EXPECT_EQ(tail[0], 0.0F);
  EXPECT_EQ(tail[999], 0.0F);
}

// Whatever the timing of engine and microphone: no word is lost, none is said twice.
TEST_F(Dictation, LosesNoWordUnderRandomTiming) {
  std::mt19937 random(2);
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> delay = static_cast<int>(random() % 3);
    engine.answer = [&](std::span<const float> samples, auto&, std::stop_token stop) -> Result<Transcript> {
      for (int i = 0; i < delay * 5; ++i) {
        if (stop.stop_requested()) return fail(ErrorKind::cancelled, "cancelled");
        std::this_thread::sleep_for(std::chrono::microseconds(200));
      }
      return engine.listen(samples);
    };
    Samples audio;
    for (int word = 1; word <= 30; ++word) {
      say(audio, word, 0.1 + static_cast<double>(random() % 100) / 100);
      pause(audio, 0.04 + static_cast<double>(random() % 60) / 100);
    }
    if (round % 3 == 0) say(audio, 31, 1.0);  // and the key goes up
    TakeOptions options;
    options.segmenter.tail_length = 1.0;
    options.segmenter.least_tail = 0.1;
    options.segmenter.sketch_interval = round % 2 == 0 ? 0 : 1.0;
    EXPECT_EQ(run(audio, options).text, words_up_to(round % 3 == 0 ? 31 : 30));
  }
}

// Notes what it is told, and says what a test wants.
class Listening final : public TextProcessor {
 public:
  Result<void> prepare() override { return {}; }
  void follow(const TextRequest& so_far) override {
    followed.emplace_back(so_far.text);
    ++told;
  }
  Result<ProcessedText> process(const TextRequest& request, std::stop_token) override {
    key_up = request.key_up;
    pieces = request.pieces.size() + 1;
    ProcessedText result = answer;
    result.text = std::string(request.text) + "!";
    return result;
  }
  void abandon() override { ++abandoned; }
  std::string name() const override { return "listening"; }

  int abandoned = 0;
  std::vector<std::string> followed;
  std::atomic<int> told{0};
  std::optional<Instant> key_up;
  std::size_t pieces = 0;
  ProcessedText answer;
};

TEST_F(Dictation, TellsTheProcessorOfThePiecesAsTheySettle) {
  Listening listening;
  processor = &listening;
  Samples audio = sentence(40);
  const std::size_t length = audio.size();
  FakeSource source(std::move(audio));
  source.pauses_at = length - 8000;  // in the last piece: until the three before it are recognised
  source.on_pause = [&] {
    while (listening.told < 3) std::this_thread::yield();
  };
  const Take take = run(source);
  ASSERT_EQ(take.pieces.size(), 4U);
  ASSERT_EQ(listening.followed.size(), take.pieces.size() - 1);  // the last one is process()'s
  for (std::size_t i = 1; i < listening.followed.size(); ++i)
    EXPECT_GT(listening.followed[i].size(), listening.followed[i - 1].size());
  EXPECT_TRUE(take.raw_text.starts_with(listening.followed[0]));
  EXPECT_EQ(listening.pieces, take.pieces.size());
  EXPECT_EQ(listening.key_up, take.key_up);
  EXPECT_EQ(take.text, take.raw_text + "!");
}

TEST_F(Dictation, ShowsWhereTheTimeOfTheProcessorWent) {
  Listening listening;
  processor = &listening;
  listening.answer.parts = {{SpanName::connect, Nanoseconds(1)}, {SpanName::prompt, std::chrono::hours(1)}};
  const Instant now = clock.now();
  listening.answer.pieces = {{1, now, now + Nanoseconds(5)}};
  const Take take = run(sentence(3));
  const auto position = [&](SpanName name) {
    const auto found = std::find_if(take.spans.begin(), take.spans.end(),
                                    [&](const Span& span) { return span.name == name; });
    return static_cast<std::size_t>(found - take.spans.begin());
  };
  const Span& clean = take.spans.at(position(SpanName::clean));
  const Span& connect = take.spans.at(position(SpanName::connect));
  const Span& prompt = take.spans.at(position(SpanName::prompt));
  EXPECT_EQ(connect.parent, position(SpanName::clean));
  EXPECT_EQ(connect.start, clean.start);
  EXPECT_EQ(prompt.start, connect.end);
  EXPECT_LE(prompt.end, clean.end);  // whatever a server says of its time
  EXPECT_EQ(take.spans.at(position(SpanName::clean_piece)).index, 1);
}

TEST_F(Dictation, IsAFallbackWhenTheTextIsNotThatOfTheFirstProcessor) {
  Listening listening;
  processor = &listening;
  listening.answer.by = "rules";
  listening.answer.notes = {"ollama is down", "openai too"};
  const Take take = run(sentence(3));
  EXPECT_EQ(take.outcome, Outcome::delivered_fallback);
  EXPECT_EQ(take.cause, "ollama is down; openai too");
  EXPECT_FALSE(take.broken);
  EXPECT_EQ(take.processor, "rules");
}

// Says why it has nothing.
class Unanswered final : public TextProcessor {
 public:
  Result<void> prepare() override { return {}; }
  Result<ProcessedText> process(const TextRequest&, std::stop_token) override {
    ProcessedText result;
    result.notes.emplace_back("the model is down");
    return result;
  }
  std::string name() const override { return "unanswered"; }
};

TEST_F(Dictation, FailsAndKeepsTheWordsWhereNothingWasMadeOfThem) {
  Unanswered unanswered;
  processor = &unanswered;
  const Take take = run(sentence(3));
  EXPECT_EQ(take.outcome, Outcome::failed);
  EXPECT_EQ(take.cause, "the model is down");
  EXPECT_TRUE(take.broken);
  EXPECT_EQ(take.raw_text, "w1 w2 w3");
  EXPECT_EQ(take.clean_text, "W1 w2 w3");
  EXPECT_TRUE(take.text.empty());
  EXPECT_TRUE(delivered.empty());
}

TEST_F(Dictation, HandsTheKeysOverWithTheText) {
  Listening listening;
  processor = &listening;
  listening.answer.keys = {"Enter", "Tab"};
  EXPECT_EQ(run(sentence(3)).keys, listening.answer.keys);
  EXPECT_EQ(pressed, listening.answer.keys);
}

TEST_F(Dictation, TellsTheProcessorThatTheTakeIsThrownAway) {
  Listening listening;
  processor = &listening;
  cancel.request_stop();
  EXPECT_EQ(run(sentence(3)).outcome, Outcome::cancelled);
  EXPECT_EQ(listening.abandoned, 1);
  EXPECT_EQ(listening.key_up, std::nullopt);
}

// Remembers what it was told, and how much had been delivered by then.
class Kept final : public TakeRecord {
 public:
  explicit Kept(const std::vector<std::string>& delivered) : delivered_(delivered) {}
  void samples(std::span<const float> heard) override {
    audio.insert(audio.end(), heard.begin(), heard.end());
  }
  void transcript(std::string_view raw_text) override { told("transcript " + std::string(raw_text)); }
  void clean_text(std::string_view text) override { told("clean " + std::string(text)); }
  std::vector<std::string> warnings() const override { return {"the disk is full"}; }

  Samples audio;
  std::vector<std::string> stages;

 private:
  void told(std::string stage) {
    EXPECT_TRUE(delivered_.empty());
    stages.push_back(std::move(stage));
  }
  const std::vector<std::string>& delivered_;
};

TEST_F(Dictation, KeepsEverySampleAndEachTextBeforeTheNextStep) {
  Kept kept(delivered);
  record = &kept;
  const Samples audio = sentence(3);
  const Take take = run(audio);
  EXPECT_EQ(kept.audio, audio);
  EXPECT_EQ(kept.stages, (std::vector<std::string>{"transcript w1 w2 w3", "clean W1 w2 w3"}));
  EXPECT_EQ(take.warnings, std::vector<std::string>{"the disk is full"});
}

TEST_F(Dictation, KeepsWhatWasHeardOfATakeThatFails) {
  Kept kept(delivered);
  record = &kept;
  engine.prepare_answer = fail(ErrorKind::unavailable, "the model is damaged");
  const Samples audio = sentence(3);
  const Take take = run(audio);
  EXPECT_EQ(take.outcome, Outcome::failed);
  EXPECT_TRUE(take.lost);
  EXPECT_EQ(kept.audio, audio);
  EXPECT_TRUE(kept.stages.empty()) << "a text that is not whole would be taken for one";
}

}  // namespace
}  // namespace diktate
