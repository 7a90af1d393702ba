#include "desktop/text_parts.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

TEST(TextParts, NoLineEndIsLeftOnOneLine) {
  EXPECT_EQ(on_one_line("one\ntwo \r\n\n\tthree\n"), "one two three");
  EXPECT_EQ(on_one_line("\n\nrm -rf\n"), "rm -rf");
  EXPECT_EQ(on_one_line("two  spaces stay "), "two  spaces stay ");
  EXPECT_EQ(on_one_line("\n"), "");
}

TEST(TextParts, CharactersAreReadAndWhatIsNoneIsLeftOut) {
  EXPECT_EQ(characters_of("Añ—你😀"), (std::vector<char32_t>{U'A', U'ñ', U'—', U'你', U'😀'}));
  EXPECT_EQ(characters_of("a\xFF\xE4\xBD"
                          "b"),
            (std::vector<char32_t>{U'a', U'b'}));
  EXPECT_TRUE(characters_of("").empty());
}

TEST(TextParts, Latin1HasAllOfItOrNothing) {
  EXPECT_EQ(latin1_of("Año"), "A\xF1o");
  EXPECT_EQ(latin1_of("你"), std::nullopt);
}

}  // namespace
}  // namespace diktate
