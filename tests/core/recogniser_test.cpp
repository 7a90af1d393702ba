#include "core/recogniser.h"

#include <gtest/gtest.h>

#include "fakes/fake_engine.h"

namespace diktate {
namespace {

using fakes::FakeEngine;

Segment segment_of(double length, double speech) {
  Segment segment;
  segment.samples.assign(static_cast<std::size_t>(samples_of(length)), 0.1F);
  segment.speech = samples_of(speech);
  return segment;
}

Transcript saying(std::vector<int> tokens) {
  Transcript transcript;
  transcript.text = fakes::text_of_words(tokens);
  transcript.tokens = std::move(tokens);
  return transcript;
}

TEST(Recogniser, GivesTheEnginesTextAndPassesTheDraftOn) {
  FakeEngine engine;
  engine.answer = [](auto, auto&, auto) { return saying({1, 2, 3}); };
  Recogniser recogniser(engine);
  const std::vector<int> draft{1, 2};
  const auto piece = recogniser.recognise(segment_of(3, 2), {draft}, {});
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->text, "w1 w2 w3");
  EXPECT_TRUE(piece->notes.empty());
  EXPECT_EQ(engine.calls.at(0).draft, draft);
}

TEST(Recogniser, DoesNotAskTheEngineAboutAClick) {
  FakeEngine engine;
  Recogniser recogniser(engine);
  const auto piece = recogniser.recognise(segment_of(3, 0.06), {}, {});
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->text, "");
  EXPECT_TRUE(engine.calls.empty());
}

TEST(Recogniser, DecodesAgainWithoutAnEarlyEndWhenSpeechGaveNoText) {
  FakeEngine engine;
  engine.answer = [](auto, const DecodeOptions& options, auto) {
    return options.suppress_end_at_start ? saying({7}) : Transcript{};
  };
  Recogniser recogniser(engine);
  const auto piece = recogniser.recognise(segment_of(3, 2), {}, {});
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->text, "w7");
  EXPECT_EQ(piece->notes.size(), 1U);
  ASSERT_EQ(engine.calls.size(), 2U);
  EXPECT_EQ(engine.calls[0].samples, engine.calls[1].samples);
}

TEST(Recogniser, DecodesAgainInTheFramingOfTheDraftWhichTheEncoderHasSeen) {
  FakeEngine engine;
  engine.answer = [](auto, const DecodeOptions& options, auto) {
    return options.suppress_end_at_start ? saying({7}) : Transcript{};
  };
  Recogniser recogniser(engine);
  const std::vector<int> draft{7, 8};
  const auto piece = recogniser.recognise(segment_of(3, 2), {draft, 2}, {});
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->text, "w7");
  EXPECT_EQ(piece->framing, 2);
  ASSERT_EQ(engine.calls.size(), 2U);
  EXPECT_GT(engine.calls[0].samples.size(), static_cast<std::size_t>(samples_of(3)));
  EXPECT_EQ(engine.calls[0].samples, engine.calls[1].samples);
  EXPECT_EQ(engine.calls[1].draft, draft);
}

TEST(Recogniser, LeavesAFramingInWhichNothingIsUnderstood) {
  FakeEngine engine;
  engine.answer = [](std::span<const float> samples, auto&, auto) {
    return samples.size() > static_cast<std::size_t>(samples_of(3)) ? Transcript{} : saying({7});
  };
  Recogniser recogniser(engine);
  const auto piece = recogniser.recognise(segment_of(3, 2), {{}, 1}, {});
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->text, "w7");
  EXPECT_EQ(piece->framing, 0);
}

TEST(Recogniser, WaitsForNoMoreThanTheFirstSignOfALoop) {
  FakeEngine engine;
  std::vector<int> said;
  engine.answer = [&](auto, const DecodeOptions& options, auto) {
    while (said.size() < 100 && !options.enough(said)) said.push_back(static_cast<int>(said.size()) + 1);
    std::vector<int> looping{9};
    while (looping.size() < 100 && !options.enough(looping))
      looping.push_back(looping.size() % 2 == 1 ? 1 : 2);
    EXPECT_EQ(looping.size(), 9U) << "the fourth time";
    return saying({7});
  };
  Recogniser recogniser(engine);
  ASSERT_TRUE(recogniser.recognise(segment_of(3, 2), {}, {}));
  EXPECT_EQ(said.size(), 30U) << "7 a second and eight, and one more by which a loop is known";
}

TEST(Recogniser, TrimsAndThenHalvesWhatStaysEmpty) {
  FakeEngine engine;
  Segment segment = segment_of(6, 3);
  std::fill(segment.samples.begin(), segment.samples.begin() + samples_of(2), 0.0F);
  engine.answer = [](std::span<const float> samples, auto&, auto) {
    return samples.size() < static_cast<std::size_t>(samples_of(3)) ? saying({5}) : Transcript{};
  };
  Recogniser recogniser(engine);
  const auto piece = recogniser.recognise(segment, {}, {});
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->text, "w5 w5");
  EXPECT_LT(engine.calls.at(2).samples.size(), static_cast<std::size_t>(samples_of(4.1)));  // trimmed
  EXPECT_LT(engine.calls.back().samples.size(), static_cast<std::size_t>(samples_of(3)));   // halved
}

TEST(Recogniser, KeepsOnceWhatOnlyRepeatsWhenForced) {
  FakeEngine engine;
  engine.answer = [](auto, const DecodeOptions& options, auto) {
    return options.suppress_end_at_start ? saying({3, 3, 3, 3}) : Transcript{};
  };
  Recogniser recogniser(engine);
  EXPECT_EQ(recogniser.recognise(segment_of(0.8, 0.5), {}, {})->text, "w3") << "too short to be halved";
}

TEST(Recogniser, SaysSoWhenNothingHelps) {
  FakeEngine engine;
  engine.answer = [](auto, auto&, auto) { return Transcript{}; };
  Recogniser recogniser(engine);
  const auto piece = recogniser.recognise(segment_of(3, 2), {}, {});
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->text, "");
  EXPECT_EQ(piece->notes.size(), 2U);
}

TEST(Recogniser, DecodesALoopAgainOnAnotherBoundary) {
  FakeEngine engine;
  engine.answer = [](std::span<const float> samples, auto&, auto) {
    if (samples.size() == static_cast<std::size_t>(samples_of(8)))
      return saying({4, 5, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3});
    return saying({4, 5, 6});
  };
  Recogniser recogniser(engine);
  const auto piece = recogniser.recognise(segment_of(8, 7), {}, {});
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->text, "w4 w5 w6");
  EXPECT_NE(piece->framing, 0);
  EXPECT_EQ(piece->notes.size(), 1U);
  EXPECT_EQ(engine.calls.at(1).draft, (std::vector<int>{4, 5, 1, 2, 3})) << "what was said before it repeats";
  const std::vector<int> longer{4, 5, 6, 7, 8, 9};
  ASSERT_TRUE(recogniser.recognise(segment_of(8, 7), {longer}, {}));
  EXPECT_EQ(engine.calls.back().draft, longer);
}

TEST(Recogniser, DecodesWhatLoopsOnBothBoundariesInHalves) {
  FakeEngine engine;
  engine.answer = [](std::span<const float> samples, auto&, auto) {
    const auto whole = static_cast<std::size_t>(samples_of(8));
    if (samples.size() == whole) return saying({1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3});
    return samples.size() > whole ? saying({6, 6, 6, 6, 6}) : saying({4, 5});
  };
  Recogniser recogniser(engine);
  const auto piece = recogniser.recognise(segment_of(8, 7), {}, {});
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->text, "w4 w5 w4 w5");
  EXPECT_EQ(piece->framing, 0);
  EXPECT_EQ(piece->notes.size(), 1U);
}

TEST(Recogniser, KeepsWhatRepeatsOnBothBoundaries) {
  FakeEngine engine;
  engine.answer = [](auto, auto&, auto) { return saying({9, 5, 5, 5, 5, 8}); };
  Recogniser recogniser(engine);
  const auto piece = recogniser.recognise(segment_of(8, 7), {}, {});
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->text, "w9 w5 w5 w5 w5 w8") << "a telephone number, say";
  EXPECT_EQ(engine.calls.size(), 2U);
  const auto grown = recogniser.recognise(segment_of(9, 8), {piece->tokens, piece->framing}, {});
  ASSERT_TRUE(grown);
  EXPECT_EQ(grown->text, piece->text);
  EXPECT_EQ(engine.calls.size(), 3U) << "once is enough";
}

TEST(Recogniser, ALoopWithoutAnEndIsNotKept) {
  FakeEngine engine;
  std::vector<int> endless(100, 5);
  engine.answer = [&](std::span<const float> samples, auto&, auto) {
    return samples.size() < static_cast<std::size_t>(samples_of(8)) ? saying({4}) : saying(endless);
  };
  Recogniser recogniser(engine);
  EXPECT_EQ(recogniser.recognise(segment_of(8, 7), {}, {})->text, "w4 w4");
}

TEST(Recogniser, SketchesInOneDecodeAndCutsALoop) {
  FakeEngine engine;
  engine.answer = [](auto, auto&, auto) { return saying({9, 1, 2, 1, 2, 1, 2, 1, 2}); };
  Recogniser recogniser(engine);
  const std::vector<int> draft{9};
  const auto piece = recogniser.sketch(segment_of(8, 7), {draft, 0}, {});
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->tokens, (std::vector<int>{9, 1, 2}));
  EXPECT_EQ(piece->framing, 2) << "where it may not loop";
  ASSERT_EQ(engine.calls.size(), 1U);
  EXPECT_EQ(engine.calls.at(0).draft, draft);
}

TEST(Recogniser, CutsALoopThatComesBack) {
  FakeEngine engine;
  engine.answer = [](std::span<const float> samples, auto&, auto) {
    const auto whole = static_cast<std::size_t>(samples_of(8));
    if (samples.size() == whole) return saying({9, 1, 2, 1, 2, 1, 2, 1, 2, 8});
    return samples.size() > whole ? saying({6, 6, 6, 6, 6}) : Transcript{};
  };
  Recogniser recogniser(engine);
  const auto piece = recogniser.recognise(segment_of(8, 7), {}, {});
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->text, "w9 w1 w2 w8");
}

TEST(Recogniser, TakesMoreThanSevenTokensASecondForALoop) {
  FakeEngine engine;
  std::vector<int> many;
  for (int i = 1; i <= 45; ++i) many.push_back(i);
  engine.answer = [&](std::span<const float> samples, auto&, auto) {
    return samples.size() == static_cast<std::size_t>(samples_of(5)) ? saying(many) : saying({3, 4});
  };
  Recogniser recogniser(engine);
  const auto piece = recogniser.recognise(segment_of(5, 4), {}, {});
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->text, "w3 w4");
}

TEST(Recogniser, ReportsAClosingPhraseThatTheAudioCannotHold) {
  FakeEngine engine;
  engine.answer = [](auto, auto&, auto) {
    return Transcript{"Send it to the office tomorrow. Thank you very much.", {1, 2, 3}, 0};
  };
  Recogniser recogniser(engine);
  EXPECT_EQ(recogniser.recognise(segment_of(2.5, 1.2), {}, {})->notes.size(), 1U);
  EXPECT_EQ(recogniser.recognise(segment_of(6, 5), {}, {})->notes.size(), 0U);
}

// Cancelled at its `last` decode, a doubtful answer first and better ones after it.
Result<Piece> second_opinion_cancelled_at(std::size_t last) {
  FakeEngine engine;
  engine.answer = [&](auto, auto&, auto) -> Result<Transcript> {
    const int call = static_cast<int>(engine.calls.size());
    if (engine.calls.size() == last) return fail(ErrorKind::cancelled, "cancelled");
    return Transcript{fakes::text_of_words({call}), {call}, -1.0 / call};
  };
  Recogniser recogniser(engine);
  const Segment segment = segment_of(3, 2);
  return recogniser.second_opinion(segment, *recogniser.recognise(segment, {}, {}), {});
}

TEST(Recogniser, ASecondOpinionThatIsCancelledIsAsGoodAsItGot) {
  EXPECT_FALSE(second_opinion_cancelled_at(2));
  const auto piece = second_opinion_cancelled_at(3);
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->text, "w2");
}

TEST(Recogniser, PassesErrorsOn) {
  FakeEngine engine;
  engine.answer = [](auto, auto&, auto) -> Result<Transcript> {
    return fail(ErrorKind::failed, "the model broke");
  };
  Recogniser recogniser(engine);
  const auto piece = recogniser.recognise(segment_of(3, 2), {}, {});
  ASSERT_FALSE(piece);
  EXPECT_EQ(piece.error().message, "the model broke");
}

TEST(FindLoop, FindsOnlyWhatRepeatsOftenEnough) {
  const std::vector<int> thrice{1, 2, 1, 2, 1, 2, 3};
  EXPECT_FALSE(find_loop(thrice, 8, 4));
  const std::vector<int> four{5, 1, 2, 1, 2, 1, 2, 1, 2, 3};
  const auto loop = find_loop(four, 8, 4);
  ASSERT_TRUE(loop);
  EXPECT_EQ(loop->start, 1U);
  EXPECT_EQ(loop->period, 2U);
  EXPECT_EQ(loop->repeats, 4U);
  const std::vector<int> one{1, 1, 1, 1, 1};
  EXPECT_EQ(find_loop(one, 8, 4)->repeats, 5U);
  std::vector<int> nine;
  for (int i = 0; i < 36; ++i) nine.push_back(i % 9);
  EXPECT_FALSE(find_loop(nine, 8, 4));
}

TEST(TrimSilence, KeepsWhatIsLoudEnoughAndAMargin) {
  Samples audio(static_cast<std::size_t>(samples_of(1)), 0.0001F);
  audio.insert(audio.end(), static_cast<std::size_t>(samples_of(1)), 0.2F);
  audio.insert(audio.end(), static_cast<std::size_t>(samples_of(1)), 0.0001F);
  EXPECT_EQ(trim_silence(audio).size(), static_cast<std::size_t>(samples_of(1.1)));
  const Samples silence(1000, 0.0F);
  EXPECT_EQ(trim_silence(silence).size(), 1000U);
}

}  // namespace
}  // namespace diktate
