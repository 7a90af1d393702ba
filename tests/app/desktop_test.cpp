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

}  // namespace
}  // namespace diktate
