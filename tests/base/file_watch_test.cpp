#include "base/file_watch.h"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>
#include <poll.h>

namespace diktate {
namespace {

class FileWatchTest : public testing::Test {
 protected:
  FileWatchTest() {
    std::string name = (std::filesystem::temp_directory_path() / "diktate-watch-XXXXXX").string();
    folder = ::mkdtemp(name.data());
  }
  ~FileWatchTest() override { std::filesystem::remove_all(folder); }

  static void make(const std::filesystem::path& file) { std::ofstream{file} << "x"; }
  static bool is_readable(const FileWatch& watch) {
    pollfd polled{watch.descriptor(), POLLIN, 0};
    return ::poll(&polled, 1, 0) == 1;
  }

  std::filesystem::path folder;
};

TEST_F(FileWatchTest, TellsOnceOfAFileThatComes) {
  FileWatch watch({folder / "X7", folder / "wayland-1"});
  watch.arm();
  EXPECT_FALSE(watch.appeared());
  make(folder / "wayland-1");
  EXPECT_TRUE(is_readable(watch));
  EXPECT_TRUE(watch.appeared());
  EXPECT_FALSE(is_readable(watch));
  EXPECT_FALSE(watch.appeared());
}

TEST_F(FileWatchTest, SaysNothingOfAnotherFileOrOfOneThatGoes) {
  make(folder / "X7");
  FileWatch watch({folder / "X7"});
  watch.arm();
  make(folder / "X71");
  EXPECT_FALSE(watch.appeared());
  std::filesystem::remove(folder / "X7");
  EXPECT_FALSE(watch.appeared());
}

TEST_F(FileWatchTest, WatchesAFolderThatComesLaterFromTheNextCallOn) {
  FileWatch watch({folder / "run" / "wayland-1"});
  watch.arm();
  std::filesystem::create_directory(folder / "run");
  watch.arm();
  make(folder / "run" / "wayland-1");
  EXPECT_TRUE(watch.appeared());
}

TEST(FileWatch, WithoutFilesThereIsNothingToWaitFor) {
  FileWatch watch;
  watch.arm();
  EXPECT_EQ(watch.descriptor(), -1);
  EXPECT_FALSE(watch.appeared());
}

}  // namespace
}  // namespace diktate
