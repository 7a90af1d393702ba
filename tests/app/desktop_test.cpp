#include "app/desktop.h"

#include <gtest/gtest.h>

namespace diktate {
namespace {

TEST(DesktopTable, HoldsTheTextWhereNothingElseWasChosen) {
  DesktopChoice choice;
  choice.insert = "none";
  choice.hotkeys = "none";
  Desktop had;
  const Desktop desktop = make_desktop(choice, SteadyClock(), had);
  EXPECT_TRUE(desktop.problems.empty());
  EXPECT_EQ(desktop.hotkeys, nullptr);
  const auto target = desktop.inserter->remember();
  const auto inserted = desktop.inserter->insert(*target, {"text", {}}, {});
  ASSERT_TRUE(inserted);
  EXPECT_TRUE(inserted->held);
  EXPECT_EQ(inserted->receipt, Receipt::none);
}

TEST(DesktopTable, KeepsWhatInsertsWhileItLooksForKeys) {
  DesktopChoice choice;
  choice.insert = "command";
  choice.command = {"cat"};
  choice.dictate_key = "no such key";
  Desktop had;
  had = make_desktop(choice, SteadyClock(), had);
  ASSERT_EQ(had.problems.size(), 1U);
  const TextInserter* inserter = had.inserter.get();
  const Desktop desktop = make_desktop(choice, SteadyClock(), had);
  EXPECT_EQ(desktop.problems.size(), 1U);
  EXPECT_EQ(desktop.inserter.get(), inserter) << "what was on the clipboard before would be lost with it";
  EXPECT_EQ(had.inserter, nullptr);
}

TEST(DesktopTable, EvdevIsGivenNoKeyForTyping) {
  DesktopChoice choice;
  choice.hotkeys = "evdev";
  EXPECT_EQ(check_desktop(choice).error().message.find("[hotkeys] dictate: the key 'Super+Alt+D' "), 0U);
  choice.dictate_key = "F13";
  EXPECT_EQ(check_desktop(choice).error().message.find("[hotkeys] cancel: the key 'Escape' "), 0U);
  choice.cancel_key.clear();
  EXPECT_TRUE(check_desktop(choice)) << "no key has to cancel";
  choice.cancel_key = "Pause";
  EXPECT_TRUE(check_desktop(choice));
  choice.hotkeys = "x11";
  choice.dictate_key = "D";
  EXPECT_TRUE(check_desktop(choice)) << "X gives it alone";
}

TEST(DesktopTable, AKeyThatIsNoneIsToldWithItsSetting) {
  DesktopChoice choice;
  choice.dictate_key = "Foo+X";
  EXPECT_EQ(check_desktop(choice).error().message.find("[hotkeys] dictate: the key 'Foo+X' "), 0U);
  choice.dictate_key = "Super+Foo";
  EXPECT_EQ(check_desktop(choice).error().message,
            "[hotkeys] dictate: there is no key called 'Foo' (Super+Foo); try D, F9 or space");
  choice.dictate_key = "Super+Alt+D";
  choice.profile_keys = {{"mail", "Super+"}};
  EXPECT_EQ(check_desktop(choice).error().message.find("[hotkeys] profiles.mail: the key 'Super+' "), 0U);
}

TEST(DesktopTable, EvdevLooksIntoTheFolderOfTheSettings) {
  DesktopChoice choice;
  choice.insert = "none";
  choice.hotkeys = "evdev";
  choice.dictate_key = "F13";
  choice.cancel_key.clear();
  choice.devices = "/nowhere/at/all";
  const SteadyClock clock;
  Desktop had;
  const Desktop desktop = make_desktop(choice, clock, had);
  ASSERT_EQ(desktop.problems.size(), 1U);
  EXPECT_EQ(desktop.problems[0],
            "no hotkeys: the folder of input devices /nowhere/at/all: No such file or directory");
}

TEST(DesktopTable, KnowsItsNames) {
  DesktopChoice choice;
  EXPECT_TRUE(check_desktop(choice));
  choice.insert = "fax";
  EXPECT_NE(check_desktop(choice).error().message.find("'fax' is none of auto, "), std::string::npos);
  choice = {};
  choice.hotkeys = "pedal";
  EXPECT_FALSE(check_desktop(choice));
  choice = {};
  choice.insert = "command";
  EXPECT_FALSE(check_desktop(choice)) << "there is no command";
}

TEST(DesktopTable, AKeyStandsForOneActionHoweverItIsWritten) {
  DesktopChoice choice;
  choice.last_key = "Super+Alt+V";
  choice.profile_keys = {{"translate", "Super+Alt+T"}, {"ask", "alt+super+v"}};
  EXPECT_EQ(check_desktop(choice).error().message,
            "[hotkeys] profiles.ask: the key alt+super+v is that of last, too");
  choice.profile_keys.pop_back();
  EXPECT_TRUE(check_desktop(choice));
  choice.swap_key = "Super+Alt+T";
  EXPECT_FALSE(check_desktop(choice));
  choice.swap_key = {};
  choice.dictate_key = "Super+Alt+T";
  EXPECT_FALSE(check_desktop(choice));
  choice = {};
  choice.hotkeys = "evdev";
  choice.dictate_key = "RightCtrl";
  choice.cancel_key = {};
  choice.profile_keys = {{"translate", "Control_R"}};
  EXPECT_EQ(check_desktop(choice).error().message,
            "[hotkeys] profiles.translate: the key Control_R is that of dictate, too");
}

TEST(DesktopTable, TheLastTextHasAKeyWhereKeysAreOursAndItIsFree) {
  DesktopChoice choice;
  EXPECT_EQ(default_last_key(choice), "Super+Alt+V");
  EXPECT_EQ(default_swap_key(choice), "Super+Alt+S");
  choice.dictate_key = "alt+super+v";
  EXPECT_EQ(default_last_key(choice), "");
  choice = {};
  choice.hotkeys = "evdev";
  choice.dictate_key = "F13";
  EXPECT_EQ(default_last_key(choice), "");
}

TEST(DesktopTable, SaysWhichProgramPastesInNoWayThatIsKnown) {
  DesktopChoice choice;
  choice.programs = {{"Alacritty", "terminal"}, {"gimp", "vim"}};
  EXPECT_EQ(check_desktop(choice).error().message,
            "[insert.programs] gimp: 'vim' is no way to paste: ordinary, shift-insert, terminal or "
            "primary-terminal");
  choice.programs.pop_back();
  EXPECT_TRUE(check_desktop(choice));
}

}  // namespace
}  // namespace diktate
