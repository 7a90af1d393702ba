// The whole pipeline with the real detector and the default engine: what is no speech gives no text, and what
// is said softly is not lost.
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <utility>

#include <gtest/gtest.h>

#include "app/backends.h"
#include "audio/file_source.h"
#include "audio/memory_source.h"
#include "core/pipeline.h"
#include "model/sounds.h"
#include "skip.h"

namespace diktate {
namespace {

namespace fs = std::filesystem;

// One engine for all tests of the program: loading is slow.
class Speech : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (auto made = make_engine({}); made) engine_ = std::move(*made);
    detector_ = make_detector([](const std::string&) {});
  }
  static void TearDownTestSuite() {
    engine_.reset();
    detector_.reset();
  }

  void SetUp() override {
    if (!engine_) DIKTATE_SKIP("the models are not prepared (./dev build does it)");
    ASSERT_EQ(detector_->name(), "silero");
  }

  static Take take(const Samples& samples) {
    const SteadyClock clock;
    auto audio = open_memory({.samples = samples}, clock);
    Recogniser recogniser(*engine_);
    return dictate({*audio->source, *detector_, recogniser, clock, [](auto) { return Result<void>{}; }}, {},
                   {}, {});
  }

  static inline std::unique_ptr<SpeechEngine> engine_;
  static inline std::unique_ptr<VoiceDetector> detector_;
};

Samples read_all(const fs::path& path) {
  const SteadyClock clock;
  auto audio = open_file({.path = path}, clock);
  Samples samples;
  if (!audio) return samples;
  Samples block(kSampleRate);
  std::size_t count = block.size();
  while (count == block.size()) {
    count = audio->source->read(block, {}).value_or(0);
    samples.insert(samples.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(count));
  }
  return samples;
}

// The first `count` English recordings of the folder in DIKTATE_SPEECH_DIR; none if it is not set.
std::vector<fs::path> recordings(std::size_t count) {
  std::vector<fs::path> result;
  const char* folder = std::getenv("DIKTATE_SPEECH_DIR");
  if (!has_speech_folder()) return result;
  std::ifstream manifest(fs::path(folder) / "manifest.tsv");
  for (std::string line; std::getline(manifest, line) && result.size() < count;) {
    if (line.find("\ten\t") != std::string::npos)
      result.push_back(fs::path(folder) / line.substr(0, line.find('\t')));
  }
  return result;
}

TEST_F(Speech, SilenceAndNoiseGiveNoText) {
  const auto all = sounds::no_speech();
  ASSERT_EQ(all.size(), 40U);
  for (const auto& sound : all) {
    const Take result = take(sound.samples);
    EXPECT_EQ(result.text, "") << sound.name;
    EXPECT_EQ(result.outcome, Outcome::empty) << sound.name;
  }
}

TEST_F(Speech, SoftSpeechLosesNoPiece) {
  const auto files = recordings(40);
  if (files.size() < 40)
    DIKTATE_SKIP_WITHOUT_SPEECH("DIKTATE_SPEECH_DIR names no folder with 40 English recordings");
  for (const fs::path& file : files) {
    const Samples loud = read_all(file);
    const Take soft = take(sounds::at_level(loud, -40));
    EXPECT_EQ(soft.outcome, Outcome::delivered) << file;
    for (const Piece& piece : soft.pieces)
      EXPECT_NE(piece.text, "") << file << " from " << seconds(piece.start) << " s";
    // Whatever is heard at its own level is heard: the same stretches, up to the length of a syllable or two.
    std::int64_t loud_speech = 0;
    std::int64_t soft_speech = 0;
    for (const Piece& piece : take(loud).pieces) loud_speech += piece.end - piece.start;
    for (const Piece& piece : soft.pieces) soft_speech += piece.end - piece.start;
    EXPECT_GE(seconds(soft_speech), seconds(loud_speech) * 0.9 - 0.3) << file;
  }
}

// Where the final segments of a take lie.
struct Stretches {
  void follow(const std::vector<SegmentEvent>& events) {
    for (const auto& [kind, segment] : events) {
      if (kind == SegmentEvent::Kind::closed) all.emplace_back(segment.start, segment.end());
      if (kind == SegmentEvent::Kind::provisional) offered[segment.piece].push_back(segment.end());
    }
  }

  std::vector<std::pair<std::int64_t, std::int64_t>> all;  // first sample, and the one after the last
  std::map<int, std::vector<std::int64_t>> offered;        // where the provisional ones of each piece end
};

// How many stretches each frame lies in.
std::vector<int> coverage(const Stretches& stretches, std::size_t frames, std::int64_t frame_samples) {
  std::vector<int> covered(frames);
  for (const auto& [start, end] : stretches.all) {
    for (std::int64_t at = start; at < end; at += frame_samples) {
      ++covered.at(static_cast<std::size_t>(at / frame_samples));
    }
  }
  return covered;
}

// A piece may end where it was offered before, as in dictation with an engine that is never late.
void expect_each_speech_frame_once(VoiceDetector& detector, const SegmenterOptions& options,
                                   const std::vector<Samples>& audio) {
  Stretches stretches;
  Segmenter segmenter(options, detector.frame_samples(), [&](int piece) { return stretches.offered[piece]; });
  detector.reset();
  std::vector<bool> speech;
  Samples frame;
  for (std::size_t turn = 0; speech.size() * detector.frame_samples() < std::size_t{3600} * kSampleRate;
       ++turn) {
    for (const float sample : audio[turn % audio.size()]) {
      frame.push_back(sample);
      if (frame.size() < detector.frame_samples()) continue;
      const float probability = *detector.probability(frame);
      speech.push_back(probability > options.speech_on);
      stretches.follow(segmenter.push(frame, probability));
      frame.clear();
    }
  }
  stretches.follow(segmenter.finish());
  const auto covered =
      coverage(stretches, speech.size(), static_cast<std::int64_t>(detector.frame_samples()));
  for (std::size_t i = 0; i < speech.size(); ++i) {
    ASSERT_LE(covered[i], 1) << "frame " << i;
    if (speech[i]) {
      ASSERT_EQ(covered[i], 1) << "frame " << i;
    }
  }
}

TEST_F(Speech, EverySpeechFrameOfAnHourLiesInOnePiece) {
  std::vector<Samples> audio;
  for (const fs::path& file : recordings(60)) audio.push_back(read_all(file));
  if (audio.empty()) DIKTATE_SKIP_WITHOUT_SPEECH("DIKTATE_SPEECH_DIR is not set");
  expect_each_speech_frame_once(*detector_, SegmenterOptions{}, audio);
  expect_each_speech_frame_once(*detector_, batch_segments(), audio);
}

}  // namespace
}  // namespace diktate
