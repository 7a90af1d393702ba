#include "audio/ducked_streams.h"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "audio/ducker.h"
#include "base/files.h"
#include "fakes/no_threads.h"

namespace diktate {
namespace {

constexpr std::uint32_t kServer = 7;
const ChannelVolumes kLoud{65536, 65536};
const ChannelVolumes kQuiet{13107, 13107};

DuckedStreams one_ducked() { return {kServer, {{{3, "music", kLoud}, kQuiet}}}; }

TEST(DuckedStreams, AreAFifthAsLoud) {
  const auto fresh = to_duck({{3, "music", {65536, 32768}}}, {kServer}, {});
  ASSERT_EQ(fresh.size(), 1U);
  EXPECT_EQ(fresh[0].before.index, 3U);
  EXPECT_EQ(fresh[0].before.volumes, (ChannelVolumes{65536, 32768}));
  EXPECT_EQ(fresh[0].ducked, (ChannelVolumes{13107, 6553}));
}

TEST(DuckedStreams, AreDuckedOnceAndNotWhereTheyAreSilent) {
  EXPECT_TRUE(to_duck({{3, "music", kQuiet}}, one_ducked(), {}).empty());
  EXPECT_TRUE(to_duck({{4, "silence", {0, 0}}}, one_ducked(), {}).empty());
}

TEST(DuckedStreams, TakeOverWhatTheServerSavedOfADuckedOne) {
  const std::vector<SavedVolume> saved{{"music", kQuiet}};
  const auto fresh = to_duck({{4, "music", kQuiet}}, one_ducked(), saved);
  ASSERT_EQ(fresh.size(), 1U);
  EXPECT_EQ(fresh[0].before.volumes, kLoud);
  EXPECT_EQ(fresh[0].ducked, kQuiet);
  EXPECT_EQ(to_duck({{4, "music", kQuiet}}, one_ducked(), {{"film", kLoud}})[0].before.volumes, kQuiet)
      << "as quiet by its own choice";
  EXPECT_EQ(to_duck({{4, "music", kQuiet}}, one_ducked(), {})[0].before.volumes, kLoud)
      << "a server that does not tell what it keeps";
  EXPECT_EQ(to_duck({{4, "film", kQuiet}}, one_ducked(), {{"film", kQuiet}})[0].before.volumes, kQuiet)
      << "another program";
}

TEST(DuckedStreams, ArePutBackWhereNobodyChangedThem) {
  const std::vector<SavedVolume> saved{{"film", kLoud}};
  const auto back = to_put_back(one_ducked(), kServer, {{3, "music", {13106, 13108}}}, saved);
  ASSERT_EQ(back.size(), 1U);
  EXPECT_EQ(back[0].index, 3U);
  EXPECT_EQ(back[0].volumes, kLoud);
  const auto is_left_alone = [&](std::uint32_t server, const PlaybackStream& stream) {
    return to_put_back(one_ducked(), server, {stream}, saved).empty();
  };
  EXPECT_TRUE(is_left_alone(kServer, {3, "music", {20000, 13107}})) << "by the user";
  EXPECT_TRUE(is_left_alone(kServer, {4, "music", kQuiet})) << "another stream";
  EXPECT_TRUE(is_left_alone(kServer, {3, "film", kQuiet})) << "another program";
  EXPECT_TRUE(is_left_alone(kServer + 1, {3, "music", kQuiet})) << "another server";
}

TEST(DuckedStreams, ArePutBackInTheirHeirs) {
  for (const std::vector<SavedVolume>& saved : {std::vector<SavedVolume>{}, {{"music", kQuiet}}}) {
    const auto back =
        to_put_back(one_ducked(), kServer + 1, {{4, "music", kQuiet}, {5, "music", kLoud}}, saved);
    ASSERT_EQ(back.size(), 1U);
    EXPECT_EQ(back[0].index, 4U);
    EXPECT_EQ(back[0].volumes, kLoud);
    EXPECT_TRUE(to_put_back(one_ducked(), kServer, {{4, "film", kQuiet}}, saved).empty());
  }
}

TEST(DuckedStreams, AreOwedTheirVolumeWhileNoHeirHasIt) {
  const auto owed = still_owed(one_ducked(), kServer, {{4, "film", kLoud}}, {}, true);
  ASSERT_EQ(owed.streams.size(), 1U);
  EXPECT_EQ(owed.server, kServer);
  EXPECT_EQ(owed.streams[0].before.index, kEnded);
  EXPECT_EQ(owed.streams[0].before.volumes, kLoud);
  const auto is_owed = [&](const PlaybackStream& playing, const std::vector<SavedVolume>& saved,
                           bool settled) {
    return !still_owed(owed, kServer, {playing}, saved, settled).streams.empty();
  };
  EXPECT_FALSE(is_owed({5, "music", kQuiet}, {}, false)) << "put back";
  EXPECT_TRUE(is_owed({5, "music", kLoud}, {}, false)) << "it may be as quiet yet";
  EXPECT_FALSE(is_owed({5, "music", kLoud}, {}, true)) << "it is not";
  EXPECT_FALSE(is_owed({5, "film", kLoud}, {{"music", kLoud}}, true)) << "the server tells what it keeps";
  EXPECT_TRUE(still_owed(one_ducked(), kServer, {{3, "music", kLoud}}, {}, false).streams.empty())
      << "it plays on";
  DuckedStreams two = one_ducked();
  two.streams.push_back({{4, "music", kLoud}, kQuiet});
  two.streams.push_back({{5, "", kLoud}, kQuiet});
  EXPECT_EQ(still_owed(two, kServer, {}, {}, true).streams.size(), 1U) << "once for a program";
}

TEST(DuckedStreams, LeaveTheNextOneOfTheirProgramAsLoudAsTheyWere) {
  const std::vector<SavedVolume> saved{{"film", kQuiet}, {"music", kQuiet}};
  const auto back = to_save(one_ducked(), kServer, {}, saved);
  ASSERT_EQ(back.size(), 1U);
  EXPECT_EQ(back[0].name, "music");
  EXPECT_EQ(back[0].volumes, kLoud);
  EXPECT_EQ(to_save(one_ducked(), kServer + 1, {{3, "music", kQuiet}}, saved).size(), 1U) << "another server";
  EXPECT_TRUE(to_save(one_ducked(), kServer, {}, {{"music", {20000, 20000}}}).empty()) << "by the user";
  EXPECT_TRUE(to_save(one_ducked(), kServer, {{3, "music", kQuiet}}, saved).empty()) << "it plays on";
  EXPECT_TRUE(to_save({kServer, {{{3, "", kLoud}, kQuiet}}}, kServer, {}, {{"", kQuiet}}).empty());
}

class DuckedNote : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = std::filesystem::temp_directory_path() / "diktate-ducked-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  DuckedStreams read_as(const std::string& note) {
    EXPECT_TRUE(write_file_atomically(path(), note));
    return read_ducked(path());
  }
  std::filesystem::path path() const { return folder / "ducked"; }

  std::filesystem::path folder;
};

TEST_F(DuckedNote, IsReadAsItWasWrittenAndForItsUserAlone) {
  DuckedStreams streams = one_ducked();
  streams.streams.push_back({{4, "by-name:a film player", {1, 2, 3}}, {0, 0, 1}});
  streams.streams.push_back({{5, "", {70000}}, {14000}});
  streams.streams.push_back({{6, "two\nlines", kLoud}, kQuiet});
  ASSERT_TRUE(write_ducked(path(), streams));
  struct stat status {};
  ASSERT_EQ(::stat(path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  const DuckedStreams read = read_ducked(path());
  EXPECT_EQ(read.server, kServer);
  ASSERT_EQ(read.streams.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(read.streams[i].before.index, streams.streams[i].before.index);
    EXPECT_EQ(read.streams[i].before.saved_as, i == 3 ? "" : streams.streams[i].before.saved_as);
    EXPECT_EQ(read.streams[i].before.volumes, streams.streams[i].before.volumes);
    EXPECT_EQ(read.streams[i].ducked, streams.streams[i].ducked);
  }
}

TEST_F(DuckedNote, SaysNothingWhereItCannotBeUnderstood) {
  EXPECT_TRUE(read_ducked(path()).streams.empty()) << "there is none";
  EXPECT_TRUE(read_as("").streams.empty());
  EXPECT_TRUE(read_as("ducked 2\n7\n3 13107 65536 music\n").streams.empty());
  EXPECT_TRUE(read_as("ducked 1\nseven\n3 13107 65536 music\n").streams.empty());
  EXPECT_TRUE(read_as("ducked 1\n7\n3 loud 65536 music\n").streams.empty());
  EXPECT_TRUE(read_as("ducked 1\n7\n3 13107,13107 65536 music\n").streams.empty());
  EXPECT_TRUE(read_as("ducked 1\n7\n3 13107").streams.empty());
  EXPECT_EQ(read_as("ducked 1\n7\n3 loud 65536 a\n4 13107 65536 b\n").streams.size(), 1U);
}

TEST_F(DuckedNote, StaysWhereNoThreadIsToBeHad) {
  ASSERT_TRUE(write_ducked(path(), one_ducked()));
  const auto ducker = make_ducker({path()});
  const fakes::NoThreads none;
  EXPECT_NO_THROW(ducker->restore());
  EXPECT_NO_THROW(ducker->duck());
  EXPECT_EQ(read_ducked(path()).streams.size(), 1U);
}

TEST_F(DuckedNote, StaysWhereThereIsNoSoundServer) {
  ::setenv("PULSE_SERVER", "unix:/nowhere", 1);
  ASSERT_TRUE(write_ducked(path(), one_ducked()));
  {
    const auto ducker = make_ducker({path()});
    ducker->restore();
    ducker->duck();
  }
  ::unsetenv("PULSE_SERVER");
  EXPECT_EQ(read_ducked(path()).streams.size(), 1U);
}

}  // namespace
}  // namespace diktate
