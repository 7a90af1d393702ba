#include "desktop/chord.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

TEST(Chord, ReadsModifiersInAnyOrderAndCase) {
  const auto chord = parse_chord("alt + SUPER+d");
  ASSERT_TRUE(chord) << chord.error().message;
  EXPECT_EQ(*chord, (Chord{.alt = true, .super = true, .key = "d"}));
  EXPECT_EQ(to_string(*chord), "Super+Alt+d");
}

TEST(Chord, AKeyMayStandAlone) {
  EXPECT_EQ(parse_chord("F9"), (Chord{.key = "F9"}));
  EXPECT_EQ(parse_chord("Control+Win+space"), (Chord{.ctrl = true, .super = true, .key = "space"}));
}

TEST(Chord, IsWrittenAsTheDocumentationDoes) {
  for (const char* text : {"Super+Alt+D", "Super+Ctrl+D", "Super+Shift+D", "Ctrl+Alt+D", "Ctrl+Shift+V"})
    EXPECT_EQ(to_string(*parse_chord(text)), text);
}

TEST(Chord, SaysWhatIsWrong) {
  const struct {
    const char* text;
    const char* said;
  } cases[] = {
      {"", "it is empty"},
      {"Super+", "a name is missing beside a '+'"},
      {"+D", "a name is missing beside a '+'"},
      {"Super+Alt", "it has modifiers only"},
      {"Hyper+D", "'Hyper' is no modifier"},
      {"Ctrl+Control+D", "Control is there twice"},
  };
  for (const auto& [text, said] : cases) {
    const auto chord = parse_chord(text);
    ASSERT_FALSE(chord) << text;
    EXPECT_EQ(chord.error().kind, ErrorKind::invalid);
    EXPECT_NE(chord.error().message.find(said), std::string::npos) << chord.error().message;
    EXPECT_NE(chord.error().message.find(std::string("'") + text + "'"), std::string::npos);
  }
}

}  // namespace
}  // namespace diktate
