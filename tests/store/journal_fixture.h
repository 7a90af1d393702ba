// A folder for a journal, and what a take looks like that a test can tell from others.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/values.h"
#include "store/journal.h"

namespace diktate {

class JournalFixture : public testing::Test {
 protected:
  JournalFixture() {
    std::string name = (std::filesystem::temp_directory_path() / "diktate-journal-XXXXXX").string();
    folder = ::mkdtemp(name.data());
    state = folder / "state";
    takes = state / "takes";
  }
  ~JournalFixture() override { std::filesystem::remove_all(folder); }

  JournalOptions options(PrivacyLevel privacy = PrivacyLevel::text) const { return {state, privacy}; }

  // Samples `from` to `to` of a sound in which every sample is known by its number.
  static std::int16_t known(std::int64_t number) {
    return static_cast<std::int16_t>(number * 7919 % 65536 - 32768);
  }
  static Samples sound(std::int64_t from, std::int64_t to) {
    Samples samples;
    for (std::int64_t i = from; i < to; ++i) samples.push_back(static_cast<float>(known(i)) / 32768);
    return samples;
  }
  // How many of them the file begins with; -1: it holds something else.
  static std::int64_t known_samples(const std::filesystem::path& path) {
    const std::string bytes = content(path);
    std::int64_t count = 0;
    for (std::size_t at = 44; at + 1 < bytes.size(); at += 2, ++count) {
      const auto low = static_cast<unsigned char>(bytes[at]);
      const auto high = static_cast<unsigned char>(bytes[at + 1]);
      if (static_cast<std::int16_t>(low | high << 8) != known(count)) return -1;
    }
    return count;
  }

  static std::string content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  // Whether any file below the folder holds these bytes.
  bool anywhere(std::string_view bytes) const {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file() && content(entry.path()).find(bytes) != std::string::npos) return true;
    }
    return false;
  }

  std::size_t files() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
      count += entry.is_regular_file() ? 1 : 0;
    return count;
  }

  // A take that ends before it is closed, as in a crash.
  TakeId leave_unfinished(Journal& journal, std::int64_t samples = 3200) {
    const auto take = journal.begin({"engine", "profile"});
    take->samples(sound(0, samples));
    EXPECT_TRUE(take->warnings().empty());
    return take->state().id;
  }

  std::filesystem::path folder;
  std::filesystem::path state;
  std::filesystem::path takes;
};

}  // namespace diktate
