#include "core/segmenter.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "fakes/tone_language.h"

namespace diktate {
namespace {

using Kind = SegmentEvent::Kind;

// Without sketches, which would stand among the events of every long stretch of speech.
SegmenterOptions no_sketches() {
  SegmenterOptions options;
  options.sketch_interval = 0;
  return options;
}

constexpr std::size_t kFrame = 512;

// Runs frames of given probability through a segmenter; every sample carries its own frame's number.
class Frames {
 public:
  explicit Frames(const SegmenterOptions& options)
      : segmenter(options, kFrame, [this](int piece) {
          EXPECT_EQ(piece, segmenter.piece());
          return all_is_decoded ? offers() : decoded;
        }) {}

  void frames(int count, float probability) {
    for (int i = 0; i < count; ++i) {
      const std::vector<float> frame(kFrame, static_cast<float>(probabilities.size()));
      probabilities.push_back(probability);
      take(segmenter.push(frame, probability));
    }
  }
  void speech(double length) { frames(static_cast<int>(length * kSampleRate / kFrame), 0.9F); }
  void silence(double length) { frames(static_cast<int>(length * kSampleRate / kFrame), 0.1F); }
  void finish() { take(segmenter.finish()); }
  // Where the provisional segments of the open piece end.
  std::vector<std::int64_t> offers() const {
    std::vector<std::int64_t> ends;
    for (const Segment& offered : offered_) {
      if (offered.piece == segmenter.piece()) ends.push_back(offered.end());
    }
    return ends;
  }

  std::vector<Kind> kinds() const {
    std::vector<Kind> result;
    for (const auto& event : events) result.push_back(event.kind);
    return result;
  }

  Segmenter segmenter;
  bool all_is_decoded = false;
  std::vector<std::int64_t> decoded;  // else
  std::vector<float> probabilities;
  std::vector<SegmentEvent> events;
  std::vector<Segment> finals;  // with samples
  // Whether the last of them was a provisional one before.
  bool was_offered() const {
    return std::any_of(offered_.begin(), offered_.end(), [&](const Segment& offered) {
      return offered.piece == finals.back().piece && offered.samples == finals.back().samples;
    });
  }

 private:
  void take(std::vector<SegmentEvent> more) {
    for (SegmentEvent& event : more) {
      events.push_back({event.kind, event.segment});
      events.back().segment.samples.clear();
      if (event.kind == Kind::provisional) offered_.push_back(std::move(event.segment));
      if (event.kind == Kind::closed) finals.push_back(std::move(event.segment));
    }
  }

  std::vector<Segment> offered_;
};

TEST(Segmenter, GivesNothingForSilence) {
  Frames run(no_sketches());
  run.silence(30);
  run.finish();
  EXPECT_TRUE(run.events.empty());
}

TEST(Segmenter, OffersAnOpenSegmentAtAPauseOfTwoFrames) {
  Frames run(no_sketches());
  run.silence(1);
  run.speech(2);
  run.frames(1, 0.1F);
  EXPECT_TRUE(run.events.empty());
  run.frames(1, 0.1F);
  ASSERT_EQ(run.kinds(), std::vector{Kind::provisional});
  EXPECT_EQ(run.offers().front(), static_cast<std::int64_t>(run.probabilities.size() * kFrame));
}

TEST(Segmenter, KeepsTheOfferedSegmentWhenNothingFollows) {
  Frames run(no_sketches());
  run.speech(2);
  run.silence(0.5);
  run.finish();
  EXPECT_EQ(run.kinds(), (std::vector{Kind::provisional, Kind::closed}));
  EXPECT_EQ(run.finals.at(0).cut, Cut::end);
  EXPECT_TRUE(run.was_offered());
}

TEST(Segmenter, VoidsTheOfferedSegmentWhenSpeechResumes) {
  Frames run(no_sketches());
  run.speech(2);
  run.silence(0.2);
  run.speech(0.1);
  run.finish();
  EXPECT_EQ(run.kinds(), (std::vector{Kind::provisional, Kind::resumed, Kind::closed}));
  EXPECT_EQ(run.finals.at(0).start, 0);
}

TEST(Segmenter, EndsALongSegmentAtADecodedPauseWhenTheKeyGoesUpInSpeech) {
  Frames run(no_sketches());
  run.speech(5);
  run.silence(0.1);
  run.speech(2);
  run.silence(0.1);
  run.speech(1.5);
  run.silence(0.1);
  run.speech(1);
  const auto offers = run.offers();
  ASSERT_EQ(offers.size(), 3U);
  run.all_is_decoded = true;
  run.finish();
  ASSERT_EQ(run.finals.size(), 2U);
  EXPECT_EQ(run.events.at(6).kind, Kind::closed);
  EXPECT_EQ(run.finals[0].end(), offers[1]) << "two seconds are left, not one";
  EXPECT_EQ(run.finals[0].cut, Cut::pause);
  EXPECT_EQ(run.finals[1].start, offers[1]);
  EXPECT_EQ(run.finals[1].piece, run.finals[0].piece + 1);
  EXPECT_EQ(run.finals[1].cut, Cut::end);
  EXPECT_FALSE(run.segmenter.open());
}

TEST(Segmenter, EndsALongSegmentAtADecodedPauseWhereTheLastOneIsNotDecodedYet) {
  Frames run(no_sketches());
  run.speech(6);
  run.silence(0.1);
  run.speech(4);
  run.silence(0.1);
  run.decoded = {run.offers().front()};
  run.finish();
  ASSERT_EQ(run.finals.size(), 2U);
  EXPECT_EQ(run.finals[1].start, run.finals[0].end());
  EXPECT_EQ(run.events.back().kind, Kind::closed);
}

TEST(Segmenter, LeavesASegmentWholeOfWhichTooLittleIsDecodedOrToDecode) {
  Frames nothing_decoded(no_sketches());
  nothing_decoded.speech(6);
  nothing_decoded.silence(0.1);
  nothing_decoded.speech(5);
  nothing_decoded.finish();
  EXPECT_EQ(nothing_decoded.finals.size(), 1U);

  Frames short_one(no_sketches());
  short_one.speech(5);
  short_one.silence(0.1);
  short_one.speech(3);
  short_one.all_is_decoded = true;
  short_one.finish();
  EXPECT_EQ(short_one.finals.size(), 1U);

  Frames long_tail(no_sketches());
  long_tail.speech(2);
  long_tail.silence(0.1);
  long_tail.speech(9);
  long_tail.all_is_decoded = true;
  long_tail.finish();
  EXPECT_EQ(long_tail.finals.size(), 1U);

  Frames after_a_pause(no_sketches());
  after_a_pause.speech(6);
  after_a_pause.silence(0.1);
  after_a_pause.speech(4);
  after_a_pause.silence(0.1);
  after_a_pause.all_is_decoded = true;
  after_a_pause.finish();
  EXPECT_EQ(after_a_pause.finals.size(), 1U) << "the whole is decoded";
}

TEST(Segmenter, ClosesAtThePauseAfterTenSeconds) {
  Frames run(no_sketches());
  run.speech(9.4);
  run.silence(0.2);
  run.speech(0.5);
  run.silence(0.4);
  EXPECT_EQ(run.kinds(), (std::vector{Kind::provisional, Kind::resumed, Kind::provisional, Kind::closed}));
  EXPECT_EQ(run.finals.at(0).cut, Cut::pause);
  EXPECT_TRUE(run.was_offered());
}

TEST(Segmenter, CutsLongSpeechAtAnEarlierPauseThatIsDecoded) {
  Frames run(no_sketches());
  run.speech(8);
  run.silence(0.1);
  run.speech(4);
  run.silence(0.1);
  run.speech(1.5);
  run.silence(0.1);
  const auto offers = run.offers();
  ASSERT_EQ(offers.size(), 3U);
  EXPECT_TRUE(run.finals.empty());
  run.all_is_decoded = true;
  run.speech(1.3);
  ASSERT_EQ(run.finals.size(), 1U);
  EXPECT_EQ(run.finals[0].end(), offers[1]) << "after the last one there is too little";
  EXPECT_EQ(run.finals[0].cut, Cut::pause);
  EXPECT_TRUE(run.was_offered());
  EXPECT_TRUE(run.segmenter.open());
  run.finish();
  ASSERT_EQ(run.finals.size(), 2U);
  EXPECT_EQ(run.finals[1].start, offers[1]);
}

TEST(Segmenter, CutsLongSpeechAnywhereWhereNoPauseOfUseIsDecoded) {
  for (const bool decoded : {true, false}) {
    Frames run(no_sketches());
    run.all_is_decoded = decoded;
    run.speech(decoded ? 4 : 8);  // after it there is too much, or it is not decoded
    run.silence(0.1);
    run.speech(11);
    ASSERT_EQ(run.finals.size(), 1U);
    EXPECT_EQ(run.finals[0].cut, Cut::forced);
  }
}

TEST(Segmenter, CutsEndlessSpeechAtItsQuietestPlace) {
  Frames run(no_sketches());
  std::vector<float> loud(kFrame, 0.5F);
  std::vector<float> soft(kFrame, 0.01F);
  std::vector<SegmentEvent> events;
  for (int i = 0; i < 500 && events.empty(); ++i) {
    events = run.segmenter.push(i >= 400 && i < 404 ? soft : loud, 0.9F);
  }
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].kind, Kind::closed);
  EXPECT_EQ(events[0].segment.cut, Cut::forced);
  EXPECT_EQ(events[0].segment.end(), 402 * static_cast<std::int64_t>(kFrame));
  EXPECT_TRUE(run.segmenter.open());
  const auto rest = run.segmenter.finish();
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].segment.start, events[0].segment.end());
}

TEST(Segmenter, ALongPauseClosesAShortSegment) {
  Frames run(no_sketches());
  run.speech(1);
  run.silence(2);
  EXPECT_EQ(run.kinds(), (std::vector{Kind::provisional, Kind::closed}));
}

TEST(Segmenter, KeepsALeadBeforeSpeechButNeverTheSegmentBefore) {
  Frames run(no_sketches());
  run.silence(3);
  run.speech(1);
  run.silence(2);
  run.speech(1);
  run.finish();
  ASSERT_EQ(run.finals.size(), 2U);
  EXPECT_EQ(run.finals[0].start, (93 - 10) * static_cast<std::int64_t>(kFrame));
  EXPECT_GE(run.finals[1].start, run.finals[0].end());
  EXPECT_EQ(run.finals[1].pause_before, 62 * static_cast<std::int64_t>(kFrame));
}

TEST(Segmenter, OffersDraftsInUnbrokenSpeechWhenAsked) {
  SegmenterOptions options;
  options.sketch_interval = 2.0;
  Frames run(options);
  run.speech(7);
  EXPECT_EQ(run.kinds(), (std::vector{Kind::sketch, Kind::sketch, Kind::sketch}));
}

TEST(Segmenter, CountsAShortLastFrameByItsSamples) {
  Segmenter segmenter({}, kFrame);
  segmenter.push(std::vector<float>(kFrame, 1.0F), 0.9F);
  segmenter.push(std::vector<float>(100, 1.0F), 0.9F);
  const auto events = segmenter.finish();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].segment.samples.size(), kFrame + 100);
  EXPECT_EQ(events[0].segment.speech, static_cast<std::int64_t>(kFrame) + 100);
}

// The promise of the header, on whatever a detector may say and on any sensible options.
void expect_every_speech_frame_once(const Frames& run) {
  std::vector<int> covered(run.probabilities.size() + 1);
  std::int64_t last_end = 0;
  int index = 0;
  for (const Segment& segment : run.finals) {
    EXPECT_EQ(segment.piece, index++);
    EXPECT_GE(segment.start, last_end);
    last_end = segment.end();
    ASSERT_EQ(segment.start % static_cast<std::int64_t>(kFrame), 0);
    for (std::int64_t at = segment.start; at < segment.end(); at += kFrame) {
      const auto frame = static_cast<std::size_t>(at) / kFrame;
      ++covered.at(frame);
      // The samples are those of the frame that stands there.
      const float sample = segment.samples.at(static_cast<std::size_t>(at - segment.start));
      if (sample != static_cast<float>(frame)) ADD_FAILURE() << "frame " << frame << " holds " << sample;
    }
  }
  for (std::size_t frame = 0; frame < run.probabilities.size(); ++frame) {
    const int times = covered[frame];
    const bool speech = run.probabilities[frame] > 0.5F;
    if (times > 1 || (speech && times == 0)) FAIL() << "frame " << frame << " is in " << times << " segments";
  }
}

TEST(Segmenter, PutsEverySpeechFrameIntoExactlyOneSegmentInAThousandRandomRuns) {
  std::mt19937 random(1);
  const auto uniform = [&](double low, double high) {
    return std::uniform_real_distribution<>(low, high)(random);
  };
  for (int round = 0; round < 1000; ++round) {
    SegmenterOptions options;
    if (round % 2 == 1) options = batch_segments();
    options.lead = uniform(0, 0.5);
    options.provisional_pause = uniform(0.03, 0.3);
    options.sketch_interval = round % 3 == 0 ? uniform(0.5, 3) : 0;
    options.soft_length = uniform(0.5, 9);
    options.firm_length = options.soft_length + uniform(0, 3);
    options.hard_length = options.firm_length + uniform(0, 3);
    options.search_length = uniform(0.05, options.hard_length + 1);
    options.long_pause = uniform(0.1, 3);
    options.tail_length = uniform(0.1, 3);
    options.least_tail = uniform(0, 1);
    Frames run(options);
    run.all_is_decoded = round % 5 < 3;
    for (int stretch = 0; stretch < 20; ++stretch) {
      const double kind = uniform(0, 1);
      if (kind < 0.4) {
        run.frames(static_cast<int>(uniform(1, 200)), 0.9F);
      } else if (kind < 0.8) {
        run.frames(static_cast<int>(uniform(1, 40)), 0.1F);
      } else {
        for (int i = 0; i < 30; ++i) run.frames(1, static_cast<float>(uniform(0, 1)));
      }
    }
    run.finish();
    expect_every_speech_frame_once(run);
    if (HasFatalFailure()) return;
  }
}

TEST(Segmenter, StaysBoundedOnAnHourOfEndlessSpeech) {
  Frames run(no_sketches());
  for (int minute = 0; minute < 60; ++minute) run.speech(60);
  run.finish();
  for (const Segment& segment : run.finals) EXPECT_LE(segment.samples.size(), samples_of(13.1));
  expect_every_speech_frame_once(run);
}

}  // namespace
}  // namespace diktate
