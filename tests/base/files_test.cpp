#include "base/files.h"

#include <cstdlib>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/paths.h"

namespace diktate {
namespace {

class Files : public testing::Test {
 protected:
  Files() {
    std::string name = (std::filesystem::temp_directory_path() / "diktate-files-XXXXXX").string();
    folder = ::mkdtemp(name.data());
  }
  ~Files() override { std::filesystem::remove_all(folder); }

  static int mode_of(const std::filesystem::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? static_cast<int>(status.st_mode & 0777) : -1;
  }

  std::filesystem::path folder;
};

TEST_F(Files, ADeviceIsWrittenToAndNeverReplaced) {
  const auto full = write_file_atomically("/dev/full", "one");
  ASSERT_FALSE(full);
  EXPECT_NE(full.error().message.find("No space left"), std::string::npos) << full.error().message;
  EXPECT_TRUE(write_file_atomically("/dev/null", "one"));
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/full"));
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

TEST_F(Files, WritesAWholePrivateFileAndReplacesIt) {
  const auto path = folder / "text";
  ASSERT_TRUE(write_file_atomically(path, "one"));
  ASSERT_TRUE(write_file_atomically(path, "two"));
  EXPECT_EQ(read_file(path).value(), "two");
  EXPECT_EQ(mode_of(path), 0600);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

TEST_F(Files, ALinkStaysOneAndItsFileIsReplaced) {
  std::filesystem::create_directory(folder / "kept");
  ASSERT_TRUE(write_file_atomically(folder / "kept/words", "one"));
  std::filesystem::create_symlink("kept/words", folder / "near");
  std::filesystem::create_symlink(folder / "near", folder / "far");
  ASSERT_TRUE(write_file_atomically(folder / "far", "two"));
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "far"));
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "near"));
  EXPECT_EQ(read_file(folder / "kept/words").value_or(""), "two");
  std::filesystem::remove(folder / "kept/words");
  ASSERT_TRUE(write_file_atomically(folder / "far", "three"));
  EXPECT_EQ(read_file(folder / "kept/words").value_or(""), "three");
}

TEST_F(Files, ReadsFilesThatDoNotSayHowLongTheyAre) {
  EXPECT_NE(read_file("/proc/self/status").value_or("").find("VmHWM"), std::string::npos);
}

TEST_F(Files, SaysWhatCannotBeRead) {
  const auto read = read_file(folder);  // opening it is no error yet, as with a process that ends just then
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.find(folder.string()), std::string::npos);
}

TEST_F(Files, ListsAFolder) {
  ASSERT_TRUE(write_file_atomically(folder / "one", ""));
  EXPECT_EQ(entries_of(folder), std::vector{folder / "one"});
  EXPECT_TRUE(entries_of(folder / "nothing").empty());
}

TEST_F(Files, GivesAFileTheRightsThatAreAskedFor) {
  ASSERT_TRUE(write_file_atomically(folder / "text", "one", 0644));
  EXPECT_EQ(mode_of(folder / "text"), 0644);
}

TEST_F(Files, LeavesTheOldFileWhenTheNewOneCannotBeWritten) {
  const auto target = folder / "is-a-folder";
  std::filesystem::create_directory(target);
  const auto written = write_file_atomically(target, "x");
  ASSERT_FALSE(written);
  EXPECT_NE(written.error().message.find(target.string()), std::string::npos);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

TEST_F(Files, MakesPrivateFoldersWithTheirParents) {
  ASSERT_TRUE(make_private_folder(folder / "a" / "b"));
  EXPECT_EQ(mode_of(folder / "a"), 0700);
  EXPECT_EQ(mode_of(folder / "a" / "b"), 0700);
  ASSERT_TRUE(write_file_atomically(folder / "file", ""));
  EXPECT_FALSE(make_private_folder(folder / "file" / "c"));
}

TEST_F(Files, NamesTheFileThatIsMissing) {
  const auto missing = read_file(folder / "nothing");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::unavailable);
  EXPECT_NE(missing.error().message.find("nothing"), std::string::npos);
}

TEST_F(Files, MapsAnEmptyFile) {
  ASSERT_TRUE(write_file_atomically(folder / "empty", ""));
  EXPECT_TRUE(MappedFile::open(folder / "empty")->bytes().empty());
}

TEST(Paths, FollowTheEnvironmentAndIgnoreRelativeValues) {
  ::setenv("HOME", "/h", 1);
  ::setenv("XDG_CACHE_HOME", "/somewhere/cache", 1);
  EXPECT_EQ(cache_folder(), "/somewhere/cache/diktate");
  ::setenv("XDG_CACHE_HOME", "relative", 1);
  EXPECT_EQ(cache_folder(), "/h/.cache/diktate");
  ::unsetenv("XDG_CONFIG_HOME");
  EXPECT_EQ(config_folder(), "/h/.config/diktate");
  ::unsetenv("XDG_DATA_HOME");
  EXPECT_EQ(data_folder(), "/h/.local/share/diktate");
  ::unsetenv("XDG_STATE_HOME");
  EXPECT_EQ(state_folder(), "/h/.local/state/diktate");
}

}  // namespace
}  // namespace diktate
