#include <gtest/gtest.h>

#include "desktop/portal/trigger.h"

namespace diktate {
namespace {

TEST(PortalTrigger, HasTheModifiersAndTheKeysymOfTheSpecification) {
  const std::pair<const char*, const char*> cases[] = {
      {"Super+Alt+D", "ALT+LOGO+d"},
      {"F9", "F9"},
      {"Ctrl+Shift+Space", "CTRL+SHIFT+space"},
      {"Meta+Control+plus", "CTRL+LOGO+plus"},
      {"Win+ESCAPE", "LOGO+Escape"},
      {"Alt+page_up", "ALT+Prior"},
  };
  for (const auto& [keys, trigger] : cases) {
    const auto made = portal_trigger(*parse_chord(keys));
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(*made, trigger) << keys;
  }
}

TEST(PortalTrigger, NamesAKeyThatIsNone) {
  const auto made = portal_trigger({.super = true, .key = "Dictate"});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::invalid);
  EXPECT_NE(made.error().message.find("'Dictate'"), std::string::npos);
}

TEST(PortalTrigger, KnowsTheNumbersOfTheKeysThatPaste) {
  EXPECT_EQ(keysym_number("V"), 0x76);
  EXPECT_EQ(keysym_number("Insert"), 0xff63);
  EXPECT_EQ(keysym_number("no such key"), 0);
}

}  // namespace
}  // namespace diktate
