// The copies in use, with a model of one addition.
#include "onnx/cached_session.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "onnx/checksums.h"
#include "onnx/graph_builder.h"

namespace diktate {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

class CachedSession : public testing::Test {
 protected:
  CachedSession() { fs::create_directory(folder / "model"); }
  ~CachedSession() override { fs::remove_all(folder); }

  static std::string adding(float summand) {
    GraphBuilder graph;
    const std::string x = graph.input("x", OnnxType::float32, {std::int64_t{1}});
    graph.output(graph.add("Add", {x, graph.floats({summand}, {1})}), "y", OnnxType::float32,
                 {std::int64_t{1}});
    return graph.finish();
  }

  void write_model(const std::string& content) const {
    std::ofstream(model, std::ios::binary) << content;
    fs::last_write_time(model, fs::file_time_type(seconds(1'000'000)));
  }

  void write_checksum(const std::string& name, const std::string& content) const {
    std::ofstream(folder / "model" / kChecksumsFile)
        << checksum_line("other", "") << checksum_line(name, content);
  }

  void touch_model() const { fs::last_write_time(model, fs::last_write_time(model) + seconds(1)); }

  // What the loaded model makes of 1.
  Result<float> run(const std::string& label = "label") {
    auto session = load_cached(model, label, {}, cache);
    if (!session) return tl::unexpected(session.error());
    std::vector<float> one{1.0F};
    const OnnxBinding input{"x", OnnxTensor::borrow(std::span(one), {1})};
    OnnxBinding output{"y", {}};
    if (auto ran = session->run({&input, 1}, {&output, 1}); !ran) return tl::unexpected(ran.error());
    return output.tensor.floats()[0];
  }

  std::vector<fs::path> copies() const {
    std::vector<fs::path> files;
    if (!fs::exists(cache.folder)) return files;
    for (const auto& entry : fs::directory_iterator(cache.folder)) files.push_back(entry.path());
    return files;
  }

  static fs::path make_folder() {
    std::string name = (fs::temp_directory_path() / "diktate-cache-XXXXXX").string();
    return ::mkdtemp(name.data());
  }

  fs::path folder = make_folder();
  fs::path model = folder / "model" / "model.onnx";
  ModelCache cache{folder / "cache", [this](const std::string& warning) { warnings.push_back(warning); }};
  std::vector<std::string> warnings;
};

TEST_F(CachedSession, MakesACopyOnceAndUsesItFromThenOn) {
  write_model(adding(1));
  EXPECT_EQ(run(), 2.0F);
  ASSERT_EQ(copies().size(), 1U);
  const fs::path copy = copies()[0];
  fs::last_write_time(copy, fs::file_time_type(seconds(2'000'000)));
  EXPECT_EQ(run(), 2.0F);
  EXPECT_EQ(copies(), std::vector{copy});
  EXPECT_EQ(fs::last_write_time(copy), fs::file_time_type(seconds(2'000'000))) << "it was not made again";
  EXPECT_TRUE(warnings.empty());
}

TEST_F(CachedSession, AModelThatWasTouchedGetsANewCopyAndTheOldOneGoes) {
  write_model(adding(1));
  ASSERT_TRUE(run());
  const auto before = copies();
  touch_model();
  EXPECT_EQ(run(), 2.0F);
  ASSERT_EQ(copies().size(), 1U);
  EXPECT_NE(copies(), before);
}

TEST_F(CachedSession, AModelThatWasReplacedIsTheOneThatRuns) {
  write_model(adding(1));
  EXPECT_EQ(run(), 2.0F);
  write_model(adding(5));
  touch_model();
  EXPECT_EQ(run(), 6.0F);
  EXPECT_EQ(copies().size(), 1U);
}

TEST_F(CachedSession, TheModelsOfTwoFoldersHaveCopiesSideBySideAndOneGoesWithItsModel) {
  const fs::path first = model;
  write_model(adding(1));
  EXPECT_EQ(run(), 2.0F);
  model = folder / "other.onnx";
  write_model(adding(2));
  EXPECT_EQ(run(), 3.0F);
  EXPECT_EQ(copies().size(), 2U);
  model = first;
  EXPECT_EQ(run(), 2.0F);
  EXPECT_EQ(copies().size(), 2U) << "neither drives out the other";
  fs::remove(folder / "other.onnx");
  touch_model();
  EXPECT_EQ(run(), 2.0F);
  EXPECT_EQ(copies().size(), 1U);
}

TEST_F(CachedSession, WhatAnEndedWriterLeftGoesWithTheNextCopy) {
  write_model(adding(1));
  ASSERT_TRUE(run());
  const auto half = [&](const std::string& number) { return fs::path(copies()[0].string() + '.' + number); };
  constexpr const char* kNobody = "2147483647";  // above the kernel's highest number
  const fs::path left = half(kNobody);
  const fs::path being_written = half(std::to_string(::getpid()));
  std::ofstream{left} << "half";
  std::ofstream{being_written} << "half";
  touch_model();
  ASSERT_TRUE(run());
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(fs::exists(being_written));
}

TEST_F(CachedSession, LeavesTheCopiesOfOtherModelsAlone) {
  write_model(adding(1));
  ASSERT_TRUE(run("other"));
  ASSERT_TRUE(run());
  touch_model();
  ASSERT_TRUE(run());
  EXPECT_EQ(copies().size(), 2U);
}

TEST_F(CachedSession, AModelThatIsNotWhatWasPreparedIsRefusedAndNotCopied) {
  write_model(adding(1));
  write_checksum("model.onnx", adding(1));
  EXPECT_EQ(run(), 2.0F);
  write_model(adding(3));
  touch_model();
  for (const fs::path& where : {cache.folder, fs::path(), fs::path("/dev/null/cache")}) {
    cache.folder = where;
    const auto damaged = run();
    ASSERT_FALSE(damaged) << where;
    EXPECT_EQ(damaged.error().kind, ErrorKind::invalid);
    EXPECT_NE(damaged.error().message.find(model.string()), std::string::npos);
  }
  cache.folder = folder / "cache";
  EXPECT_EQ(copies().size(), 1U) << "that of the model as it was";
}

TEST_F(CachedSession, LooksForDamageOnlyWhereACopyIsMade) {
  write_model(adding(1));
  write_checksum("model.onnx", adding(1));
  ASSERT_TRUE(run());
  write_model(adding(3));
  EXPECT_EQ(run(), 2.0F) << "same size and time: the copy is good";
}

TEST_F(CachedSession, AModelThatNoListKnowsIsTakenAsItIs) {
  write_model(adding(1));
  write_checksum("another_model.onnx", "something else");
  EXPECT_EQ(run(), 2.0F);
}

}  // namespace
}  // namespace diktate
