#include "audio/file_source.h"

#include <cmath>
#include <fstream>
#include <limits>

#include <gtest/gtest.h>
#include <sndfile.h>
#include <sys/stat.h>

#include "audio/audio_fixture.h"

namespace diktate::audio_test {
namespace {

const SteadyClock kClock;

std::int64_t length_at_16k(double seconds) { return std::llround(seconds * kSampleRate); }

// Opens and reads it whole; checks the announced length, and that there is no warning.
Samples hear(const std::filesystem::path& path) {
  auto audio = open_file({path}, kClock);
  if (!audio) {
    ADD_FAILURE() << audio.error().message;
    return {};
  }
  Samples samples = read_all(*audio->source);
  if (audio->expected_samples) {
    EXPECT_NEAR(static_cast<double>(samples.size()), static_cast<double>(*audio->expected_samples), 1);
  }
  EXPECT_TRUE(audio->source->warnings().empty()) << audio->source->warnings().front();
  return samples;
}

// What is there of a file that is cut off, and the one warning about it.
struct Rest {
  Samples samples;
  std::vector<std::string> warnings;
};
Rest hear_cut(const std::filesystem::path& path) {
  auto audio = open_file({path}, kClock);
  if (!audio) {
    ADD_FAILURE() << audio.error().message;
    return {};
  }
  Samples samples = read_all(*audio->source);
  return {std::move(samples), audio->source->warnings()};
}

Error open_error(const std::filesystem::path& path) {
  auto audio = open_file({path}, kClock);
  EXPECT_FALSE(audio.has_value()) << path;
  return audio ? Error{} : audio.error();
}

struct Kind {
  const char* name;
  int format;
  Tone tone;
  double tolerance = 0.01;
};

std::ostream& operator<<(std::ostream& out, const Kind& kind) { return out << kind.name; }

class EveryKind : public testing::TestWithParam<Kind> {};

TEST_P(EveryKind, SoundsAsItWasRecorded) {
  const TemporaryFolder folder;
  const Kind& kind = GetParam();
  write_recording(folder / "recording", kind.tone, kind.format);
  const Samples samples = hear(folder / "recording");
  EXPECT_NEAR(static_cast<double>(samples.size()), static_cast<double>(length_at_16k(kind.tone.seconds)), 1);
  expect_tone(samples, kind.tone, kind.tolerance);
}

constexpr int kMp3 = SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III;
constexpr int kVorbis = SF_FORMAT_OGG | SF_FORMAT_VORBIS;

INSTANTIATE_TEST_SUITE_P(
    FileSource, EveryKind,
    testing::Values(Kind{"wav16", SF_FORMAT_WAV | SF_FORMAT_PCM_16, {}},
                    Kind{"wav_8_bit", SF_FORMAT_WAV | SF_FORMAT_PCM_U8, {.rate = 8000}, 0.02},
                    Kind{"wav24_192khz", SF_FORMAT_WAV | SF_FORMAT_PCM_24, {.hertz = 3000, .rate = 192000}},
                    Kind{
                        "wav_6_channels", SF_FORMAT_WAVEX | SF_FORMAT_PCM_16, {.rate = 48000, .channels = 6}},
                    Kind{"wav_32_channels",
                         SF_FORMAT_WAVEX | SF_FORMAT_PCM_16,
                         {.seconds = 1, .rate = 48000, .channels = 32}},
                    Kind{"wav_float", SF_FORMAT_WAV | SF_FORMAT_FLOAT, {.rate = 44100, .channels = 2}},
                    Kind{"wav_double", SF_FORMAT_WAV | SF_FORMAT_DOUBLE, {.rate = 22050}},
                    Kind{"wav_11025", SF_FORMAT_WAV | SF_FORMAT_PCM_16, {.seconds = 1.7, .rate = 11025}},
                    Kind{"wav_adpcm",
                         SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM,
                         {.seconds = 22 * 4089 / 44100.0, .rate = 44100},
                         0.02},
                    Kind{"rf64", SF_FORMAT_RF64 | SF_FORMAT_PCM_16, {.rate = 44100}},
                    Kind{"aiff", SF_FORMAT_AIFF | SF_FORMAT_PCM_16, {.rate = 44100}},
                    Kind{"flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, {.rate = 44100, .channels = 2}},
                    Kind{"flac24_96khz", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, {.rate = 96000}},
                    Kind{"vorbis", kVorbis, {.rate = 44100, .channels = 2}, 0.03},
                    Kind{"opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, {.rate = 48000}, 0.03},
                    Kind{"mp3", kMp3, {.rate = 44100, .channels = 2}, 0.03},
                    Kind{"mp3_mono_16khz", kMp3, {.rate = 16000}, 0.03}),
    [](const auto& parameter) { return std::string(parameter.param.name); });

TEST(FileSource, GivesTheSameSamplesForReadsOfAnySize) {
  const TemporaryFolder folder;
  write_recording(folder / "a.flac", {.seconds = 1.234, .rate = 44100, .channels = 2},
                  SF_FORMAT_FLAC | SF_FORMAT_PCM_16);
  const Samples expected = hear(folder / "a.flac");
  for (const std::size_t block : {1UL, 7UL, 480UL, 4096UL, 100000UL}) {
    auto audio = open_file({folder / "a.flac"}, kClock);
    ASSERT_TRUE(audio);
    EXPECT_EQ(read_all(*audio->source, block), expected) << block;
  }
}

TEST(FileSource, TakesTheMeanOfTheChannels) {
  const TemporaryFolder folder;
  auto bytes = wav_header({.format = {16000, 4, Encoding::f32le}, .data_size = 32000 * 4});
  for (int frame = 0; frame < 8000; ++frame) {
    for (const float sample : {0.8F, -0.2F, 0.4F, 0.2F}) append_number(bytes, sample);
  }
  write_bytes(folder / "a.wav", bytes);
  const Samples samples = hear(folder / "a.wav");
  ASSERT_EQ(samples.size(), 8000U);
  for (const float sample : samples) ASSERT_NEAR(sample, 0.3F, 1e-6F);
}

TEST(FileSource, DropsWhatAliasesBelowHalfTheRate) {
  const TemporaryFolder folder;
  write_recording(folder / "a.wav", {.hertz = 12000, .rate = 48000}, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
  const Samples samples = hear(folder / "a.wav");
  EXPECT_LT(level_at(samples, 4000), 0.001);
}

TEST(FileSource, KeepsClippedAudioWithinFullScale) {
  const TemporaryFolder folder;
  write_recording(folder / "a.wav", {.level = 4, .rate = 44100}, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
  write_recording(folder / "b.wav", {.level = 4, .rate = 44100}, SF_FORMAT_WAV | SF_FORMAT_FLOAT);
  for (const char* name : {"a.wav", "b.wav"}) {
    const Samples samples = hear(folder / name);
    EXPECT_GT(level_at(samples, 440), 1.1);  // of a square wave, 4 / pi
    for (const float sample : samples) ASSERT_LE(std::abs(sample), 1.0F);
  }
}

TEST(FileSource, HearsSilenceWhereASampleIsNoNumber) {
  const TemporaryFolder folder;
  for (const int rate : {16000, 44100}) {
    auto bytes =
        wav_header({.format = {rate, 1, Encoding::f32le}, .data_size = 4U * static_cast<unsigned>(rate)});
    for (int frame = 0; frame < rate; ++frame) {
      const float bad[] = {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                           3e38F};
      append_number(bytes, frame % 100 < 3 ? bad[frame % 100] : 0.25F);
    }
    write_bytes(folder / "a.wav", bytes);
    const Samples samples = hear(folder / "a.wav");
    EXPECT_EQ(samples.size(), 16000U);
    for (const float sample : samples) ASSERT_TRUE(std::isfinite(sample) && std::abs(sample) <= 1.0F);
  }
}

TEST(FileSource, BelievesTheContentAndNotTheName) {
  const TemporaryFolder folder;
  const Tone tone{.rate = 44100};
  write_recording(folder / "flac.wav", tone, SF_FORMAT_FLAC | SF_FORMAT_PCM_16);
  write_recording(folder / "ogg.flac", tone, kVorbis);
  write_recording(folder / "mp3.ogg", tone, kMp3);
  write_recording(folder / "wav.mp3", tone, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
  write_recording(folder / "wav.vox", tone, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
  for (const char* name : {"flac.wav", "ogg.flac", "mp3.ogg", "wav.mp3", "wav.vox"}) {
    SCOPED_TRACE(name);
    expect_tone(hear(folder / name), tone, 0.03);
  }
}

TEST(FileSource, GivesWhatIsThereOfACutFileAndWarns) {
  const TemporaryFolder folder;
  const Tone tone{.seconds = 10, .rate = 44100, .channels = 2};
  const std::pair<const char*, int> kinds[] = {{"a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16},
                                               {"b.wav", SF_FORMAT_WAVEX | SF_FORMAT_FLOAT},
                                               {"c.rf64", SF_FORMAT_RF64 | SF_FORMAT_PCM_24},
                                               {"d.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16},
                                               {"e.ogg", kVorbis},
                                               {"f.mp3", kMp3}};
  for (const auto& [name, format] : kinds) {
    SCOPED_TRACE(name);
    write_recording(folder / name, tone, format);
    cut_file(folder / name, 0.6);
    const Rest rest = hear_cut(folder / name);
    EXPECT_GT(rest.samples.size(), 40000U);
    EXPECT_LT(rest.samples.size(), 120000U);
    expect_tone(rest.samples, tone, 0.04);
    ASSERT_EQ(rest.warnings.size(), 1U);
    EXPECT_EQ(rest.warnings[0].rfind("the file ends early", 0), 0U) << rest.warnings[0];
  }
}

TEST(FileSource, AnMp3OfWhichNothingCanBeDecodedIsNotSaidToBeMissing) {
  const TemporaryFolder folder;
  std::ofstream(folder / "a.mp3") << "\xFF\xF3\x88\xC4" << std::string(4000, 'x');
  EXPECT_NE(open_error(folder / "a.mp3").message.find("nothing in it can be decoded"), std::string::npos);
}

TEST(FileSource, TellsOfAFileThatIsDamagedInItsMiddle) {
  const TemporaryFolder folder;
  const std::pair<const char*, int> kinds[] = {{"a.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16},
                                               {"b.ogg", kVorbis}};
  for (const auto& [name, format] : kinds) {
    SCOPED_TRACE(name);
    const std::filesystem::path file = folder / name;
    write_recording(file, {.seconds = 10, .rate = 44100, .channels = 2}, format);
    std::fstream bytes(file, std::ios::binary | std::ios::in | std::ios::out);
    bytes.seekp(static_cast<std::streamoff>(std::filesystem::file_size(file) / 2));
    bytes << std::string(2000, 'x');
    bytes.close();
    const Rest rest = hear_cut(file);
    EXPECT_GT(rest.samples.size(), 40000U);
    EXPECT_LT(rest.samples.size(), 159000U);
    ASSERT_EQ(rest.warnings.size(), 1U);
    EXPECT_EQ(rest.warnings[0].rfind("the file ends early or is damaged: ", 0), 0U) << rest.warnings[0];
  }
}

TEST(FileSource, SaysHowMuchOfACutFileIsThere) {
  const TemporaryFolder folder;
  write_recording(folder / "a.wav", {.seconds = 10}, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
  std::filesystem::resize_file(folder / "a.wav", 44 + 32000 * 4);
  const Rest rest = hear_cut(folder / "a.wav");
  EXPECT_EQ(rest.samples.size(), 64000U);
  EXPECT_EQ(rest.warnings, std::vector<std::string>{"the file ends early: 4.00 s of 10.00 s"});
}

TEST(FileSource, ReadsWavWhoseHeaderLeavesTheLengthOpen) {
  const TemporaryFolder folder;
  const Tone tone{.seconds = 1};
  for (const std::uint32_t size : {0U, 0x7FFFF000U, 0x7FFFFFFFU, 0x80000000U, 0xFFFFFFFFU}) {
    SCOPED_TRACE(size);
    auto bytes = wav_header({.data_size = size});
    const auto samples = encode(interleaved_tone(tone), Encoding::s16le);
    bytes.insert(bytes.end(), samples.begin(), samples.end());
    write_bytes(folder / "a.wav", bytes);
    const Samples heard = hear(folder / "a.wav");
    EXPECT_EQ(heard.size(), 16000U);
    expect_tone(heard, tone);
  }
}

TEST(FileSource, HearsNothingInAWavWithoutSamples) {
  const TemporaryFolder folder;
  write_bytes(folder / "a.wav", wav_header({.data_size = 0}));
  EXPECT_TRUE(hear(folder / "a.wav").empty());
}

TEST(FileSource, NamesTheFileThatItCannotRead) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "folder.wav");
  write_bytes(folder / "empty.wav", {});
  write_bytes(folder / "text.wav",
              std::as_bytes(std::span(std::string_view("this is a text, and no recording at all"))));
  write_bytes(folder / "headless.wav", wav_header({}));
  std::filesystem::resize_file(folder / "headless.wav", 30);
  write_recording(folder / "crowd.wav", {.seconds = 0.1, .channels = 33}, SF_FORMAT_WAVEX | SF_FORMAT_PCM_16);
  write_recording(folder / "slow.wav", {.seconds = 1, .rate = 100}, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
  ASSERT_EQ(::mkfifo((folder / "pipe.wav").c_str(), 0600), 0);

  EXPECT_EQ(open_error(folder / "missing.wav").kind, ErrorKind::unavailable);
  const std::pair<const char*, const char*> cases[] = {
      {"missing.wav", "No such file"}, {"folder.wav", "is a directory"},   {"empty.wav", "is empty"},
      {"text.wav", "is not audio"},    {"headless.wav", "is not audio"},   {"crowd.wav", "33 channels"},
      {"slow.wav", "rate of 100 Hz"},  {"pipe.wav", "not a regular file"},
  };
  for (const auto& [name, expected] : cases) {
    const std::string message = open_error(folder / name).message;
    EXPECT_NE(message.find((folder / name).string()), std::string::npos) << message;
    EXPECT_NE(message.find(expected), std::string::npos) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
}

TEST(FileSource, RefusesANegativeSpeed) {
  const TemporaryFolder folder;
  write_recording(folder / "a.wav", {}, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
  EXPECT_FALSE(open_file({folder / "a.wav", -1}, kClock));
  EXPECT_FALSE(open_file({folder / "a.wav", std::numeric_limits<double>::quiet_NaN()}, kClock));
}

TEST(FileSource, StopsAtFinishWhenItIsNotPaced) {
  const TemporaryFolder folder;
  write_recording(folder / "a.wav", {}, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
  auto audio = open_file({folder / "a.wav"}, kClock);
  ASSERT_TRUE(audio);
  std::stop_source finish;
  finish.request_stop();
  Samples samples(512);
  const auto count = audio->source->read(samples, finish.get_token());
  ASSERT_TRUE(count);
  EXPECT_LT(*count, samples.size());
}

}  // namespace
}  // namespace diktate::audio_test
