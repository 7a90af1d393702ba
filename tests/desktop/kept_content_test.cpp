#include "desktop/kept_content.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"

namespace diktate {
namespace {

const KeptContent kContent = {"text/plain", "ñ", "", std::string("a\0b", 3)};

TEST(KeptContent, IsTakenOffTheFrontOnceItIsThere) {
  const std::string two = packed(kContent) + packed({});
  for (std::size_t size = 0; size < packed(kContent).size(); ++size) {
    std::string_view part = std::string_view(two).substr(0, size);
    EXPECT_FALSE(unpack(part)) << size;
    EXPECT_EQ(part.size(), size);
  }
  std::string_view left = two;
  EXPECT_EQ(unpack(left), kContent);
  EXPECT_EQ(unpack(left), KeptContent{});
  EXPECT_TRUE(left.empty());
}

TEST(KeptContent, TheLastWholeMessageCounts) {
  int ends[2] = {};
  ASSERT_EQ(pipe(ends), 0);
  const UniqueFd reading(ends[0]);
  UniqueFd writing(ends[1]);
  const std::string bytes = packed({"first"}) + packed(kContent) + packed({"third"}).substr(0, 9);
  ASSERT_EQ(write(writing.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  writing = {};
  EXPECT_EQ(read_last_content(reading.get()), kContent);
}

}  // namespace
}  // namespace diktate
