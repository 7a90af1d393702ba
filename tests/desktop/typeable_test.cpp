#include "desktop/typeable.h"

#include <array>

#include <gtest/gtest.h>
#include <unistd.h>

#include "desktop/processes.h"

namespace diktate {
namespace {

TEST(Typeable, IsWhatKeyboardsHaveKeysFor) {
  for (const auto* text : {"plain, 100 % & <more>~", "Año — “quotes” «ça» …", "Straße, Łódź, Việt", "Ελλάδα",
                           "Київ, Ъ", "5 € · £ ¥ ₴"})
    EXPECT_TRUE(is_common_writing(text)) << text;
  // And no mark that combines, no joiner, no selector of a variant, nothing that is not seen.
  for (const auto* text : {"你好", "😀", "かな", "한글", "שלום", "مرحبا", "नमस्ते", "e\u0301", "a\u200Db",
                           "✔\uFE0F", "a\u202Eb", "\u001B[1m", "→"})
    EXPECT_FALSE(is_common_writing(text)) << text;
}

TEST(Typeable, AllCharactersAreForProgramsThatAreKnown) {
  EXPECT_TRUE(takes_all_characters("foot", {}));
  EXPECT_TRUE(takes_all_characters("FootClient", {}));
  EXPECT_FALSE(takes_all_characters("chromium", {}));
  EXPECT_FALSE(takes_all_characters("", {}));
  EXPECT_FALSE(takes_all_characters("test", std::array{::getpid()})) << "it has no GTK";
}

TEST(Processes, KnowWhoStartedThemAndWhatTheyHaveMapped) {
  EXPECT_TRUE(descends_from(std::array{0x7FFFFFFF, ::getppid()}));
  EXPECT_FALSE(descends_from(std::array{::getpid()}));
  EXPECT_FALSE(descends_from({}));
  EXPECT_TRUE(has_mapped(::getpid(), "libc.so"));
  EXPECT_FALSE(has_mapped(::getpid(), "libgtk-3.so"));
  EXPECT_FALSE(has_mapped(-1, "libc.so"));
}

}  // namespace
}  // namespace diktate
