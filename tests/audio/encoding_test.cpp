#include "audio/encoding.h"

#include <gtest/gtest.h>

namespace diktate::audio_test {
namespace {

TEST(Encoding, IsReadByItsName) {
  for (const Encoding encoding :
       {Encoding::u8, Encoding::s16le, Encoding::s24le, Encoding::s32le, Encoding::f32le, Encoding::f64le}) {
    const auto parsed = parse_encoding(to_string(encoding));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(*parsed, encoding);
  }
}

TEST(Encoding, ListsTheNamesWhenOneIsUnknown) {
  for (const char* name : {"", "s16", "S16LE", "mp3"}) {
    const auto parsed = parse_encoding(name);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().kind, ErrorKind::invalid);
    EXPECT_EQ(parsed.error().message, "unknown encoding '" + std::string(name) +
                                          "'; it must be one of u8, s16le, s24le, s32le, f32le, f64le");
  }
}

TEST(PcmFormat, SaysWhatIsOutOfRange) {
  EXPECT_TRUE(check_format(8000, 1));
  EXPECT_TRUE(check_format(768000, 32));
  EXPECT_EQ(check_format(0, 1).error().message, "a rate of 0 Hz, not between 1000 and 768000");
  EXPECT_EQ(check_format(16000, 0).error().message, "0 channels, not between 1 and 32");
  EXPECT_FALSE(check_format(16000, 33));
  EXPECT_FALSE(check_format(-1, 1));
}

}  // namespace
}  // namespace diktate::audio_test
