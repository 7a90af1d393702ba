#include "desktop/make_desktop.h"

#include <cstdlib>

#include <gtest/gtest.h>

namespace diktate {
namespace {

constexpr const char* kNoDisplay = ":31999";
constexpr const char* kNoCompositor = "no-such-compositor";

TEST(MakeDesktop, WithoutADisplayEveryBackendThatNeedsOneNamesIt) {
  const std::string no_x = "the X display ':31999' cannot be used";
  const std::string no_wayland = "the Wayland compositor 'no-such-compositor' cannot be reached";
  const std::pair<const char*, std::string> expected[] = {{"wayland", no_wayland},
                                                          {"x11", no_x},
                                                          {"clipboard", no_wayland + "; " + no_x},
                                                          {"auto", no_wayland + "; " + no_x}};
  for (const auto& [backend, message] : expected) {
    const auto inserter =
        make_inserter({.backend = backend, .display = kNoDisplay, .wayland_display = kNoCompositor});
    ASSERT_FALSE(inserter) << backend;
    EXPECT_EQ(inserter.error().kind, ErrorKind::unavailable);
    EXPECT_EQ(inserter.error().message, message);
  }
  const SteadyClock clock;
  const auto hotkeys = make_hotkeys({.display = kNoDisplay}, clock);
  ASSERT_FALSE(hotkeys);
  EXPECT_EQ(hotkeys.error().kind, ErrorKind::unavailable);
}

TEST(MakeDesktop, AnEmptyNameOfACompositorIsNoneForTheKeys) {
  ::setenv("WAYLAND_DISPLAY", "", 1);
  ::setenv("DISPLAY", kNoDisplay, 1);
  const SteadyClock clock;
  const auto hotkeys = make_hotkeys({.bindings = {{"dictate", "Super+Alt+D"}}}, clock);
  ::unsetenv("WAYLAND_DISPLAY");
  ::unsetenv("DISPLAY");
  ASSERT_FALSE(hotkeys);
  EXPECT_EQ(hotkeys.error().message, "the X display ':31999' cannot be used");
}

TEST(MakeDesktop, WrongOptionsAreSaidBeforeTheDisplayIsAskedFor) {
  const SteadyClock clock;
  const auto twice =
      make_hotkeys({.bindings = {{"dictate", "Alt+D"}, {"ask", "alt+D"}}, .display = kNoDisplay}, clock);
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().message, "the key alt+D stands for two actions");
  EXPECT_EQ(make_hotkeys({.bindings = {{"dictate", "Alt+"}}}, clock).error().kind, ErrorKind::invalid);
  const auto no_key = make_hotkeys({.backend = "portal", .bindings = {{"dictate", "Super+Nokey"}}}, clock);
  ASSERT_FALSE(no_key);
  EXPECT_EQ(no_key.error().message, "there is no key 'Nokey' (as in Super+Alt+D)");
  const HotkeyOptions nokey{
      .backend = "x11", .bindings = {{"dictate", "Super+Nokey"}}, .display = kNoDisplay};
  const auto no_key_of_x = make_hotkeys(nokey, clock);
  ASSERT_FALSE(no_key_of_x);
  EXPECT_EQ(no_key_of_x.error().kind, ErrorKind::invalid);
  EXPECT_EQ(no_key_of_x.error().message.find("there is no key called 'Nokey' (Super+Nokey)"), 0U);
  EXPECT_EQ(make_inserter({.backend = "telepathy"}).error().message, "there is no inserter 'telepathy'");
  EXPECT_EQ(make_inserter({.backend = "command"}).error().kind, ErrorKind::invalid);
}

TEST(MakeDesktop, NoneHoldsTheText) {
  const auto inserter = make_inserter({.backend = "none"});
  ASSERT_TRUE(inserter);
  const auto target = (*inserter)->remember();
  const auto inserted = (*inserter)->insert(*target, {"text"}, {});
  ASSERT_TRUE(inserted);
  EXPECT_TRUE(inserted->held);
  EXPECT_EQ(inserted->receipt, Receipt::none);
}

TEST(MakeDesktop, ACommandIsSentTheTextAndPressesNoKeys) {
  const auto inserter =
      make_inserter({.backend = "command", .command = {"sh", "-c", "test \"$(cat)\" = text"}});
  ASSERT_TRUE(inserter);
  const auto target = (*inserter)->remember();
  const std::string keys[] = {"Enter"};
  const auto inserted = (*inserter)->insert(*target, {"text", keys}, {});
  ASSERT_TRUE(inserted) << inserted.error().message;
  EXPECT_EQ(inserted->receipt, Receipt::sent);
  EXPECT_EQ(inserted->note, "a command presses no keys");
  EXPECT_FALSE((*inserter)->insert(*target, {"other"}, {}));
}

}  // namespace
}  // namespace diktate
