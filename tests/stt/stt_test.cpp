#include <cmath>
#include <filesystem>
#include <fstream>
#include <random>

#include <gtest/gtest.h>

#include "stt/logits.h"
#include "stt/moonshine.h"
#include "stt/moonshine_prepare.h"
#include "stt/vocabulary.h"

namespace diktate {
namespace {

namespace fs = std::filesystem;

TEST(Vocabulary, JoinsPiecesAndBytes) {
  const auto vocabulary = Vocabulary::parse("<unk>\n<s>\n</s>\n\u2581caf\n<0xC3>\n<0xA9>\n\u2581au\n");
  ASSERT_TRUE(vocabulary) << vocabulary.error().message;
  EXPECT_EQ(vocabulary->text_of(std::vector{3, 4, 5, 6}), "caf\u00e9 au");
  EXPECT_EQ(vocabulary->text_of(std::vector{1, 2, 0}), "");
  EXPECT_EQ(vocabulary->text_of(std::vector{-1, 1000000, 6}), "au");
}

TEST(Vocabulary, APartOfMoonshinesIsAnError) {
  std::string lines = "<unk>\n<s>\n</s>\n";
  for (int piece = 3; piece < 32000; ++piece) lines += "a\n";
  EXPECT_TRUE(Vocabulary::parse_moonshine(lines));
  const auto part = Vocabulary::parse_moonshine(lines.substr(0, 100));
  ASSERT_FALSE(part);
  EXPECT_EQ(part.error().kind, ErrorKind::invalid);
}

TEST(Logits, AgreesWithAPlainLoop) {
  std::mt19937 random(3);
  std::normal_distribution<float> normal;
  for (const std::size_t size : {1U, 3U, 7U, 64U, 1000U, 32768U}) {
    std::vector<float> row(size);
    for (float& value : row) value = 10 * normal(random);
    const auto best = std::max_element(row.begin(), row.end());
    double sum = 0;
    for (const float value : row) sum += std::exp(0.25 * (value - *best));
    const Choice choice = most_likely(row, 0.25F);
    EXPECT_EQ(choice.token, best - row.begin());
    EXPECT_NEAR(choice.log_probability, -std::log(sum), 1e-3);
  }
}

class Prepare : public testing::Test {
 protected:
  Prepare() {
    std::string name = (fs::temp_directory_path() / "diktate-prepare-XXXXXX").string();
    folder = ::mkdtemp(name.data());
  }
  ~Prepare() override { fs::remove_all(folder); }

  void write(const std::string& name, const std::string& content) { std::ofstream(folder / name) << content; }

  fs::path folder;
};

TEST_F(Prepare, RefusesDamagedSourcesAndLeavesNothingBehind) {
  for (const std::string& content : {std::string(), std::string("garbage"), std::string(5000, '\x08')}) {
    write("encoder_model.onnx", content);
    write("decoder_model_merged.onnx", content);
    write("vocabulary.txt", content);
    const auto prepared = prepare_moonshine(
        {folder / "encoder_model.onnx", folder / "decoder_model_merged.onnx", folder / "vocabulary.txt"},
        folder / "target");
    ASSERT_FALSE(prepared);
    EXPECT_NE(prepared.error().message.find(folder.string()), std::string::npos) << prepared.error().message;
    EXPECT_EQ(prepared.error().message.find('\n'), std::string::npos);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 3) << "nothing but the sources is left";
  }
}

TEST_F(Prepare, NamesTheModelFileThatIsMissing) {
  const auto engine = make_moonshine({.name = "moonshine-base", .model = folder});
  ASSERT_FALSE(engine);
  EXPECT_EQ(engine.error().kind, ErrorKind::unavailable);
  EXPECT_NE(engine.error().message.find("encoder.onnx"), std::string::npos);
}

}  // namespace
}  // namespace diktate
