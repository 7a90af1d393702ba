#include "desktop/piped_command.h"

#include <filesystem>
#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"

namespace diktate {
namespace {

constexpr auto kLong = std::chrono::minutes(1);

class PipedCommand : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("piped." + std::to_string(getpid()));
    ASSERT_TRUE(make_private_folder(folder_));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string file() const { return folder_ / "got"; }

 private:
  std::filesystem::path folder_;
};

TEST_F(PipedCommand, GetsTheTextToItsLastByte) {
  std::string text;
  while (text.size() < 1 << 20) text += "Año — “quotes” 你好 😀\n";
  ASSERT_TRUE(pipe_into("sleep 0.1; cat >'" + file() + "'", text, kLong, {}));
  EXPECT_EQ(read_file(file()), text);
}

TEST_F(PipedCommand, NeedNotReadIt) {
  EXPECT_TRUE(pipe_into("exit 0", std::string(1 << 20, 'x'), kLong, {}));
}

TEST_F(PipedCommand, ThatFailsIsAnErrorWhichNamesIt) {
  const auto run = pipe_into("exit 3", "text", kLong, {});
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().message, "the command 'exit 3' failed with 3: the text was not inserted");
}

TEST_F(PipedCommand, IsEndedWithAllThatItStartedAfterItsLimit) {
  const auto run =
      pipe_into("sleep 600 & echo $! >'" + file() + "'; wait", "", std::chrono::milliseconds(500), {});
  ASSERT_FALSE(run);
  EXPECT_NE(run.error().message.find("took too long"), std::string::npos);
}

TEST_F(PipedCommand, IsEndedWhenItIsCancelled) {
  std::stop_source stop;
  std::thread canceller([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stop.request_stop();
  });
  const auto run = pipe_into("sleep 600", "", kLong, stop.get_token());
  canceller.join();
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace diktate
