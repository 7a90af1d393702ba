// Moonshine itself, on real speech.
#include "stt/moonshine.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "audio/file_source.h"
#include "skip.h"

namespace diktate {
namespace {

namespace fs = std::filesystem;

class Moonshine : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const char* models = std::getenv("DIKTATE_MODELS");
    models_ = models == nullptr ? "" : models;
    std::string name = (fs::temp_directory_path() / "diktate-moonshine-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    const SteadyClock clock;
    const char* file = std::getenv("DIKTATE_JFK");
    auto audio = open_file({.path = file == nullptr ? "" : file}, clock);
    speech_.resize(11 * kSampleRate);
    if (!audio || audio->source->read(speech_, {}).value_or(0) < speech_.size()) speech_.clear();
    if (auto made = make_moonshine(options("moonshine-tiny")); made) engine_ = std::move(*made);
  }
  static void TearDownTestSuite() {
    engine_.reset();
    fs::remove_all(folder_);
  }

  void SetUp() override {
    if (!engine_ || speech_.empty()) DIKTATE_SKIP("DIKTATE_MODELS or DIKTATE_JFK names nothing");
  }

  static MoonshineOptions options(const std::string& name) {
    return {.name = name, .model = models_ / name, .cache = folder_ / "cache"};
  }

  static Transcript decode(std::span<const float> samples, const DecodeOptions& how = {}) {
    return engine_->transcribe(samples, how, {}).value();
  }

  static inline fs::path models_;
  static inline fs::path folder_;
  static inline Samples speech_;
  static inline std::unique_ptr<SpeechEngine> engine_;
};

constexpr const char* kWords = "what your country can do for you";

TEST_F(Moonshine, UnderstandsRealSpeech) {
  EXPECT_NE(decode(speech_).text.find(kWords), std::string::npos) << decode(speech_).text;
  auto base = make_moonshine(options("moonshine-base"));
  ASSERT_TRUE(base);
  const auto heard = (*base)->transcribe(speech_, {}, {});
  EXPECT_NE(heard->text.find(kWords), std::string::npos) << heard->text;
}

TEST_F(Moonshine, ADraftNeverChangesTheAnswer) {
  const Transcript plain = decode(speech_);
  for (const double part : {0.3, 0.6, 0.9}) {
    const auto samples = static_cast<std::size_t>(part * static_cast<double>(speech_.size()));
    const Transcript draft = decode(std::span(speech_).first(samples));
    EXPECT_EQ(decode(speech_, {.draft = draft.tokens}).tokens, plain.tokens) << part;
  }
  const std::vector<int> absurd{-5, 1 << 30};
  const std::vector<int> ends{2, 2, 2};
  const std::vector<int> endless(5000, 77);
  std::vector<int> another = plain.tokens;
  another.front() = another[1];
  const std::vector<int> less(plain.tokens.begin() + 1, plain.tokens.end());
  std::vector<int> more = plain.tokens;
  more.insert(more.begin(), 77);
  for (const auto& draft : {absurd, ends, endless, plain.tokens, another, less, more}) {
    EXPECT_EQ(decode(speech_, {.draft = draft}).tokens, plain.tokens);
  }
}

TEST_F(Moonshine, EndsWhereItIsToldThatItIsEnough) {
  const std::vector<int> all = decode(speech_).tokens;
  const auto three = [](std::span<const int> tokens) { return tokens.size() == 3; };
  const std::vector<int> enough = decode(speech_, {.enough = three}).tokens;
  EXPECT_EQ(enough, std::vector<int>(all.begin(), all.begin() + 3));
}

TEST_F(Moonshine, GivesSomethingWhenItMayNotEndAtOnce) {
  const Samples silence(kSampleRate);
  const auto three = [](std::span<const int> tokens) { return tokens.size() == 3; };
  EXPECT_FALSE(decode(silence, {.suppress_end_at_start = true, .enough = three}).tokens.empty());
  EXPECT_FALSE(
      decode(std::span(speech_).first(kSampleRate / 2), {.suppress_end_at_start = true}).tokens.empty());
}

TEST_F(Moonshine, DecodesAgainAfterACancel) {
  std::stop_source cancelled;
  cancelled.request_stop();
  EXPECT_EQ(engine_->transcribe(speech_, {}, cancelled.get_token()).error().kind, ErrorKind::cancelled);
  std::stop_source later;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    later.request_stop();
  });
  const auto answer =
      engine_->transcribe(std::span(speech_).first(speech_.size() - 1), {}, later.get_token());
  EXPECT_TRUE(answer || answer.error().kind == ErrorKind::cancelled);
  EXPECT_NE(decode(speech_).text.find(kWords), std::string::npos);
}

TEST_F(Moonshine, KeepsPrivateCopiesAndMakesDamagedOnesAnew) {
  decode(speech_);
  int copies = 0;
  for (const auto& entry : fs::directory_iterator(folder_ / "cache")) {
    struct stat status {};
    ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(fs::file_size(entry.path()) / 2));
    file << "damage";
    ++copies;
  }
  EXPECT_GE(copies, 3);
  int warnings = 0;
  auto how = options("moonshine-tiny");
  how.on_warning = [&](const std::string&) { ++warnings; };
  auto again = make_moonshine(how);
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)->transcribe(speech_, {}, {})->tokens, decode(speech_).tokens);
  EXPECT_EQ(warnings, 1);
}

TEST_F(Moonshine, WorksUncachedWhereNothingCanBeWritten) {
  int warnings = 0;
  auto how = options("moonshine-tiny");
  how.cache = "/dev/null/cache";
  how.on_warning = [&](const std::string&) { ++warnings; };
  auto uncached = make_moonshine(how);
  ASSERT_TRUE(uncached);
  EXPECT_EQ((*uncached)->transcribe(speech_, {}, {})->tokens, decode(speech_).tokens);
  EXPECT_EQ(warnings, 1);
}

// What a model says whose `file` was cut to so many bytes.
Result<void> prepare_with_cut(const fs::path& model, MoonshineOptions how, const char* file,
                              std::uintmax_t size) {
  fs::remove_all(how.model);
  fs::copy(model, how.model, fs::copy_options::recursive);
  fs::remove(how.model / "checksums");  // the models of old have none
  fs::resize_file(how.model / file, size);
  how.cache.clear();
  return make_moonshine(how).value()->prepare();
}

TEST_F(Moonshine, SaysWhichFileOfTheModelIsDamagedAndTheWayOut) {
  auto how = options("moonshine-tiny");
  how.model = folder_ / "damaged";
  const std::pair<const char*, std::uintmax_t> cuts[] = {{"encoder.onnx", 100000}, {"vocabulary.txt", 100}};
  for (const auto& [file, size] : cuts) {
    const auto prepared = prepare_with_cut(models_ / "moonshine-tiny", how, file, size);
    ASSERT_FALSE(prepared) << file;
    EXPECT_EQ(prepared.error().kind, ErrorKind::invalid);
    for (const std::string& part :
         {std::string("damaged"), (how.model / file).string(), std::string("'diktate models prepare'")}) {
      EXPECT_NE(prepared.error().message.find(part), std::string::npos) << prepared.error().message;
    }
  }
}

}  // namespace
}  // namespace diktate
