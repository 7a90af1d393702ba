// Alone in its program: the most memory that a process ever used does not shrink, so other tests would hide
// in it.
#include <filesystem>
#include <fstream>
#include <string>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "audio/audio_fixture.h"
#include "audio/file_source.h"
#include "audio/stream_source.h"

namespace diktate::audio_test {
namespace {

constexpr long kMostGrowth = 24 * 1024;  // KiB; an hour of samples at 16 kHz is 220 MiB

const SteadyClock kClock;

// VmHWM of this process, in KiB.
long peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word != "VmHWM:") continue;
    long size = 0;
    status >> size;
    return size;
  }
  return 0;
}

// An hour at 22.05 kHz; a hole takes no room on the disk.
void write_hour(const std::filesystem::path& path) {
  constexpr std::uint32_t kBytes = 3600U * 22050 * 2;
  write_bytes(path, wav_header({.format = {22050, 1, Encoding::s16le}, .data_size = kBytes}));
  std::filesystem::resize_file(path, 44 + kBytes);
}

std::int64_t count_samples(AudioSource& source) {
  std::int64_t total = 0;
  Samples samples(512);
  for (std::size_t count = samples.size(); count == samples.size();
       total += static_cast<std::int64_t>(count)) {
    count = source.read(samples, {}).value();
  }
  return total;
}

TEST(LongFile, IsReadInLittleMemory) {
  const TemporaryFolder folder;
  write_hour(folder / "hour.wav");
  const long before = peak_memory();
  ASSERT_GT(before, 0);
  auto audio = open_file({folder / "hour.wav"}, kClock);
  ASSERT_TRUE(audio);
  EXPECT_EQ(count_samples(*audio->source), 3600 * 16000);
  EXPECT_LT(peak_memory() - before, kMostGrowth);
}

TEST(LongStream, IsReadInLittleMemory) {
  const TemporaryFolder folder;
  write_hour(folder / "hour.wav");
  const long before = peak_memory();
  const int fd = ::open((folder / "hour.wav").c_str(), O_RDONLY | O_CLOEXEC);
  auto audio = open_stream({.fd = fd}, kClock);
  ::close(fd);
  ASSERT_TRUE(audio);
  EXPECT_EQ(count_samples(*audio->source), 3600 * 16000);
  EXPECT_LT(peak_memory() - before, kMostGrowth);
}

}  // namespace
}  // namespace diktate::audio_test
