#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "desktop/custody.h"
#include "desktop/mime_content.h"
#include "desktop/paste_chord.h"
#include "desktop/processes.h"
#include "desktop/wayland/inserter.h"
#include "desktop/wayland/keymap.h"

namespace diktate {
namespace {

TEST(MimeContent, ATextIsOfferedInEveryFormatOfTextAndHintedSecret) {
  const auto content = mime_content_of("ñ");
  for (const char* mime : {"text/plain;charset=utf-8", "text/plain", "UTF8_STRING", "TEXT", "STRING"}) {
    ASSERT_NE(content->find(mime), nullptr) << mime;
    EXPECT_EQ(*content->find(mime), "ñ");
    EXPECT_TRUE(is_text_mime(mime));
  }
  ASSERT_NE(content->find(kSecretHint), nullptr);
  EXPECT_EQ(*content->find(kSecretHint), "secret");
  EXPECT_FALSE(is_text_mime(kSecretHint));
  EXPECT_FALSE(is_text_mime("text/html"));
  EXPECT_EQ(content->find("text/html"), nullptr);
}

TEST(Keymap, TheAmericanOneHasTheKeysThatPaste) {
  const auto keymap = Keymap::american();
  ASSERT_TRUE(keymap) << keymap.error().message;
  EXPECT_TRUE(keymap->text().starts_with("xkb_keymap {"));
  // The numbers are the kernel's (linux/input-event-codes.h).
  EXPECT_EQ(keymap->key("V"), 47U);
  EXPECT_EQ(keymap->key("Insert"), 110U);
  EXPECT_EQ(keymap->key("Control_L"), 29U);
  EXPECT_EQ(keymap->key("Shift_L"), 42U);
  EXPECT_EQ(keymap->key("Return"), 28U);
  EXPECT_EQ(keymap->key("no such key"), std::nullopt);
  EXPECT_NE(keymap->modifier("Control"), 0U);
  EXPECT_NE(keymap->modifier("Control"), keymap->modifier("Shift"));
  EXPECT_EQ(keymap->modifier("no such modifier"), 0U);
}

TEST(MimeContent, IsTheSameAfterItWasKept) {
  MimeContent content;
  content.formats = {{"text/plain", "ñ"}, {"image/png", std::string("a\0b", 3)}, {"text/html", ""}};
  EXPECT_EQ(mime_content_of(kept(content)).formats, content.formats);
}

TEST(Keymap, OfATextHasAKeyForEachCharacter) {
  const std::vector<char32_t> text = {U'A', U'a', U'ñ', U' ', U'—', U'“', U'你', U'😀', U'a', U'\t'};
  const auto keymap = Keymap::of(text);
  ASSERT_TRUE(keymap) << keymap.error().message;
  std::set<std::uint32_t> keys;
  for (const char32_t character : text) {
    ASSERT_TRUE(keymap->key(character)) << static_cast<std::uint32_t>(character);
    keys.insert(*keymap->key(character));
  }
  EXPECT_EQ(keys.size(), text.size() - 1);  // one is there twice
  EXPECT_FALSE(keymap->key(U'x'));
}

TEST(Keymap, OfWhatNoKeyCanGiveThereIsNone) {
  EXPECT_FALSE(Keymap::of({U'a', U'\x1B'}));
  std::vector<char32_t> many;
  for (char32_t character = U'一'; many.size() < 120; ++character) many.push_back(character);
  const auto keymap = Keymap::of(many);
  ASSERT_FALSE(keymap);
  EXPECT_EQ(keymap.error().message, "it has more characters than a keyboard has keys");
  many.resize(90);
  EXPECT_TRUE(Keymap::of(many));
}

TEST(PasteChord, EachKindOfWindowHasItsKeysButForThoseThatPasteAnotherSelection) {
  EXPECT_EQ(paste_method_of(*paste_chord_for(PasteKind::ordinary)), "paste Ctrl+V");
  EXPECT_EQ(paste_method_of(*paste_chord_for(PasteKind::shift_insert)), "paste Shift+Insert");
  EXPECT_EQ(paste_method_of(*paste_chord_for(PasteKind::terminal)), "paste Ctrl+Shift+V");
  EXPECT_FALSE(paste_chord_for(PasteKind::primary_terminal));
}

// Other tests of this program may run beside it.
bool are_we(const std::vector<int>& processes) {
  return std::find(processes.begin(), processes.end(), getpid()) != processes.end();
}

TEST(Processes, AreCalledAsTheirProgramOrTheLastPartOfAnAppId) {
  EXPECT_TRUE(are_we(processes_called("desktop_test")));
  EXPECT_TRUE(are_we(processes_called("org.example.Desktop_Test")));
  EXPECT_TRUE(processes_called("desktop").empty());
  EXPECT_TRUE(processes_called("").empty());
}

TEST(Processes, RunUnderTheirName) {
  EXPECT_TRUE(is_running("desktop_test"));
  EXPECT_FALSE(is_running("desktop"));
  EXPECT_FALSE(is_running(""));
}

TEST(Processes, HoldAPipeAsLongAsItIsOpenThere) {
  int ends[2] = {};
  ASSERT_EQ(pipe(ends), 0);
  const UniqueFd reading(ends[0]);
  const UniqueFd writing(ends[1]);
  const int self[] = {getpid()};
  const int init[] = {1};
  EXPECT_TRUE(hold_pipe(self, writing.get()));
  EXPECT_FALSE(hold_pipe(init, writing.get()));
  EXPECT_FALSE(hold_pipe({}, writing.get()));
}

TEST(WaylandInserter, SaysWhyThereIsNoCompositor) {
  const auto inserter = make_wayland_inserter({.display = "no-such-compositor"});
  ASSERT_FALSE(inserter);
  EXPECT_EQ(inserter.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(inserter.error().message, "the Wayland compositor 'no-such-compositor' cannot be reached");
}

}  // namespace
}  // namespace diktate
