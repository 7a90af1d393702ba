#include "desktop/paste_kind.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "skip.h"

namespace diktate {
namespace {

TEST(PasteKind, ProgramsAreKnownByEitherNameWithoutRegardToCase) {
  EXPECT_EQ(paste_kind_of("XTerm", "xterm", {}), PasteKind::primary_terminal);
  EXPECT_EQ(paste_kind_of("Gnome-terminal", "gnome-terminal-server", {}), PasteKind::terminal);
  EXPECT_EQ(paste_kind_of("something", "KITTY", {}), PasteKind::terminal);
  EXPECT_EQ(paste_kind_of("Mousepad", "mousepad", {}), std::nullopt);
  EXPECT_EQ(paste_kind_of("", "", {}), std::nullopt);
}

TEST(PasteKind, ProgramsAreKnownByTheLastPartOfAnIdToo) {
  for (const char* terminal : {"org.gnome.Console", "org.gnome.Terminal", "org.gnome.Ptyxis",
                               "org.kde.konsole", "com.mitchellh.ghostty", "org.codeberg.dnkl.foot"})
    EXPECT_EQ(paste_kind_of(terminal, terminal, {}), PasteKind::terminal) << terminal;
  for (const char* other : {"org.gnome.Consoles", "org.example.Console", "konsole.example"})
    EXPECT_EQ(paste_kind_of(other, other, {}), std::nullopt) << other;
}

TEST(PasteKind, ProgramsWithATerminalInsideAreOrdinary) {
  for (const char* program :
       {"jetbrains-idea", "jetbrains-pycharm-ce", "code", "Code - Insiders", "code-oss", "Cursor", "VSCodium",
        "dev.zed.Zed", "org.kde.dolphin", "org.kde.kate", "org.gnome.Builder", "com.visualstudio.code",
        "Google-chrome-beta", "brave-browser", "microsoft-edge-dev", "org.chromium.Chromium"})
    EXPECT_EQ(paste_kind_of(program, program, {}), PasteKind::ordinary) << program;
  EXPECT_EQ(paste_kind_of("jetbrains", "jetbrains", {}), std::nullopt);
}

TEST(PasteKind, RowsOfTheUserComeFirst) {
  const PasteRow rows[] = {{"xterm", PasteKind::terminal}, {"my-*", PasteKind::shift_insert}};
  EXPECT_EQ(paste_kind_of("XTerm", "", rows), PasteKind::terminal);
  EXPECT_EQ(paste_kind_of("My-Editor", "", rows), PasteKind::shift_insert);
  EXPECT_EQ(paste_kind_of("kitty", "", rows), PasteKind::terminal);
}

TEST(PasteKind, NamesOfKindsAreReadBack) {
  for (std::size_t i = 0; i < kPasteKindNames.size(); ++i)
    EXPECT_EQ(parse_paste_kind(kPasteKindNames.at(i)), static_cast<PasteKind>(i));
  EXPECT_EQ(parse_paste_kind("emacs").error().kind, ErrorKind::invalid);
}

TEST(PasteKind, AProcessThatHoldsTheMasterOfTerminalsIsOne) {
  EXPECT_FALSE(holds_terminal(0));
  EXPECT_FALSE(holds_terminal(getpid()));
  const UniqueFd terminal(open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (!terminal) DIKTATE_SKIP("there is no /dev/ptmx here");
  EXPECT_TRUE(holds_terminal(getpid()));
}

}  // namespace
}  // namespace diktate
