#include "desktop/setup/hotkey_setup.h"

#include <map>

#include <gtest/gtest.h>

namespace diktate {
namespace {

std::vector<std::string> lines_of(const std::vector<KeyBinding>& bindings) {
  std::vector<std::string> lines;
  for (const KeyBinding& bound : bindings) lines.push_back(to_string(bound.chord) + ": " + bound.what);
  return lines;
}

std::string desktop_with(const std::map<std::string, std::string>& variables) {
  return desktop_of([&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

HotkeySetup set_up(const std::string& desktop, const PresentBindings& present, const std::string& keys = "") {
  const auto setup = set_up_hotkeys({.desktop = desktop, .program = "diktate", .keys = keys}, present);
  EXPECT_TRUE(setup) << setup.error().message;
  return setup.value_or(HotkeySetup{});
}

TEST(KeyBindings, OfSwayAndI3AreThoseOfTheDefaultMode) {
  EXPECT_EQ(
      lines_of(sway_bindings("set\nset $mod Mod4\n"
                             "#   input \"touchpad\" {\n#     tap enabled\n#   }\n"
                             "  bindsym $mod+Mod1+d exec dmenu # menu\n"
                             "bindsym --release --locked $mod+Shift+q kill\n"
                             "mode \"resize\" {\n  bindsym Left resize shrink\n}\n"
                             "#bindsym Mod4+x nop\n"
                             "bindsym F9 exec x\nbindsym\nbindsym Mod4+\n")),
      (std::vector<std::string>{"Super+Alt+d: exec dmenu # menu", "Super+Shift+q: kill", "F9: exec x"}));
}

TEST(KeyBindings, OfHyprlandHaveModifiersInAnyForm) {
  EXPECT_EQ(lines_of(hyprland_bindings("$mainMod = SUPER\n"
                                       "bind = $mainMod ALT, D, exec, menu, with commas\n"
                                       "bindel = SUPER_SHIFT, q, killactive,\n"
                                       "binds {\n  pass = 1\n}\n"
                                       "# bind = SUPER, x, exec, y\nbind = broken\n")),
            (std::vector<std::string>{"Super+Alt+D: exec, menu, with commas", "Super+Shift+q: killactive,"}));
}

TEST(KeyBindings, AnIncludedFileIsKnownByItsLine) {
  EXPECT_EQ(included_by("  include ~/.config/sway/keys  "), "~/.config/sway/keys");
  EXPECT_EQ(included_by("source = ~/.config/hypr/keys.conf"), "~/.config/hypr/keys.conf");
  EXPECT_EQ(included_by("source=keys.conf"), "keys.conf");
  EXPECT_EQ(included_by("# include x"), "");
  EXPECT_EQ(included_by("#source = x"), "");
  EXPECT_EQ(included_by("bindsym Mod4+x exec include"), "");
}

TEST(KeyBindings, OfGnomeAreWhatGsettingsSays) {
  EXPECT_EQ(
      lines_of(gnome_bindings("org.gnome.shell.keybindings show ['<Super>a', '<Primary><Alt>Tab']\n"
                              "org.gnome.custom binding '<Super><Alt>d'\n"
                              "org.gnome.custom name 'Menu'\norg.gnome.shell.keybindings none @as []\n")),
      (std::vector<std::string>{"Super+a: org.gnome.shell.keybindings show",
                                "Ctrl+Alt+Tab: org.gnome.shell.keybindings show",
                                "Super+Alt+d: org.gnome.custom binding"}));
}

TEST(KeyBindings, OfKdeAreThoseOfNow) {
  EXPECT_EQ(lines_of(kde_bindings("[kwin]\nWindow Close=Alt+F4,Alt+F4,Close Window\n"
                                  "menu=Meta+Alt+D\\tMeta+M,none,Menu\nnothing=none,none,Nothing\n")),
            (std::vector<std::string>{"Alt+F4: Close Window", "Super+Alt+D: Menu", "Super+M: Menu"}));
}

TEST(HotkeySetup, KnowsTheDesktopOfTheSession) {
  EXPECT_EQ(desktop_with({{"SWAYSOCK", "/run/sway"}, {"XDG_CURRENT_DESKTOP", "GNOME"}}), "sway");
  EXPECT_EQ(desktop_with({{"HYPRLAND_INSTANCE_SIGNATURE", "x"}}), "hyprland");
  EXPECT_EQ(desktop_with({{"XDG_CURRENT_DESKTOP", "ubuntu:GNOME"}, {"WAYLAND_DISPLAY", "wayland-0"}}),
            "gnome");
  EXPECT_EQ(desktop_with({{"XDG_CURRENT_DESKTOP", "KDE"}}), "kde");
  EXPECT_EQ(desktop_with({{"XDG_CURRENT_DESKTOP", "i3"}, {"DISPLAY", ":0"}}), "i3");
  EXPECT_EQ(desktop_with({{"WAYLAND_DISPLAY", "wayland-0"}, {"DISPLAY", ":0"}}), "wayland");
  EXPECT_EQ(desktop_with({{"DISPLAY", ":0"}}), "x11");
  EXPECT_EQ(desktop_with({}), "");
}

TEST(HotkeySetup, ProposesTheFirstKeyThatIsFreeAndNamesWhatHasTheOthers) {
  const PresentBindings present{sway_bindings("bindsym Mod4+Mod1+d exec dmenu\n"), {"config"}};
  const HotkeySetup setup = set_up("sway", present);
  EXPECT_EQ(setup.dictate.keys, "Super+Ctrl+D");
  EXPECT_TRUE(setup.dictate.is_free);
  ASSERT_EQ(setup.dictate.conflicts.size(), 1U);
  EXPECT_EQ(setup.dictate.conflicts[0].keys, "Super+Alt+D");
  EXPECT_EQ(setup.dictate.conflicts[0].what, "exec dmenu");
}

TEST(HotkeySetup, SaysThatTheWantedKeyIsTaken) {
  const PresentBindings present{sway_bindings("bindsym Mod4+x kill\n"), {"config"}};
  const HotkeySetup setup = set_up("sway", present, "Super+X");
  EXPECT_FALSE(setup.dictate.is_free);
  EXPECT_EQ(setup.dictate.conflicts.size(), 1U);
  EXPECT_FALSE(set_up_hotkeys({.desktop = "sway", .keys = "Hyper+X"}, present));
}

TEST(HotkeySetup, IsNotInItsOwnWay) {
  const PresentBindings present{sway_bindings("bindsym Mod4+Mod1+d exec diktate start\n"), {"config"}};
  EXPECT_EQ(set_up("sway", present).dictate.keys, "Super+Alt+D");
  EXPECT_TRUE(set_up("sway", present).dictate.conflicts.empty());
}

TEST(HotkeySetup, ProposesKeysForTheLastTextAndToCancelThatAreFreeToo) {
  const PresentBindings present{
      sway_bindings("bindsym Mod4+Mod1+v exec clipman\nbindsym Mod4+Mod1+Escape exec lock\n"), {"config"}};
  const HotkeySetup setup = set_up("sway", present);
  EXPECT_EQ(setup.last.keys, "Super+Ctrl+V");
  ASSERT_EQ(setup.last.conflicts.size(), 1U);
  EXPECT_EQ(setup.last.conflicts[0].what, "exec clipman");
  ASSERT_TRUE(setup.cancel);
  EXPECT_EQ(setup.cancel->keys, "Super+Ctrl+Escape");
  EXPECT_EQ(setup.cancel->conflicts.size(), 1U);
  EXPECT_EQ(set_up("sway", {}, "alt+super+v").last.keys, "Super+Ctrl+V") << "that one dictates";
  EXPECT_FALSE(set_up("gnome", {}).cancel) << "it has no lines of a file for it";
}

TEST(HotkeySetup, GivesTheLinesOfEachDesktop) {
  EXPECT_EQ(set_up("sway", {}).snippet,
            "bindsym --no-repeat Mod4+Mod1+d exec diktate start\n"
            "bindsym --release Mod4+Mod1+d exec diktate finish\n"
            "bindsym --no-repeat Mod4+Mod1+v exec diktate last\n"
            "bindsym --no-repeat Mod4+Mod1+s exec diktate swap\n"
            "bindsym --no-repeat Mod4+Mod1+Escape exec diktate cancel\n");
  EXPECT_EQ(set_up("i3", {}).snippet,
            "bindsym Mod4+Mod1+d exec diktate start\nbindsym --release Mod4+Mod1+d exec diktate finish\n"
            "bindsym Mod4+Mod1+v exec diktate last\nbindsym Mod4+Mod1+s exec diktate swap\n"
            "bindsym Mod4+Mod1+Escape exec diktate cancel\n");
  EXPECT_EQ(set_up("hyprland", {}).snippet,
            "bind = SUPER ALT, D, exec, diktate start\nbindr = SUPER ALT, D, exec, diktate finish\n"
            "bind = SUPER ALT, V, exec, diktate last\nbind = SUPER ALT, S, exec, diktate swap\n"
            "bind = SUPER ALT, Escape, exec, diktate cancel\n");
  EXPECT_EQ(set_up("x11", {}).snippet,
            "[hotkeys]\ndictate = \"Super+Alt+D\"\nlast = \"Super+Alt+V\"\nswap = \"Super+Alt+S\"\n");
  EXPECT_EQ(set_up("kde", {}).snippet,
            "command   diktate toggle\nshortcut  Meta+Alt+D\n"
            "command   diktate last\nshortcut  Meta+Alt+V\n"
            "command   diktate swap\nshortcut  Meta+Alt+S\n");
  EXPECT_FALSE(set_up("kde", {}).push_to_talk);
}

HotkeySetup set_up_profiles(const std::string& desktop, const PresentBindings& present,
                            const std::string& keys = "") {
  const auto setup = set_up_hotkeys(
      {.desktop = desktop, .program = "diktate", .keys = keys, .profiles = {{"fix", 'R'}, {"es", 'T'}}},
      present);
  EXPECT_TRUE(setup) << setup.error().message;
  return setup.value_or(HotkeySetup{});
}

TEST(HotkeySetup, ProposesAKeyForEachProfileThatIsFreeAndNoneOfTheOthers) {
  const PresentBindings present{sway_bindings("bindsym Mod4+Mod1+r exec menu\n"), {"config"}};
  const HotkeySetup setup = set_up_profiles("sway", present, "Super+Alt+T");
  ASSERT_EQ(setup.profiles.size(), 2U);
  EXPECT_EQ(setup.profiles[0].name, "fix");
  EXPECT_EQ(setup.profiles[0].key.keys, "Super+Ctrl+R");
  ASSERT_EQ(setup.profiles[0].key.conflicts.size(), 1U);
  EXPECT_EQ(setup.profiles[0].key.conflicts[0].what, "exec menu");
  EXPECT_EQ(setup.profiles[1].key.keys, "Super+Ctrl+T") << "the other one dictates";
  const auto quoted = set_up_hotkeys({.desktop = "sway", .profiles = {{"x; rm", 'R'}}}, {});
  EXPECT_TRUE(quoted->profiles.empty()) << "a command line would have to quote it";
}

TEST(HotkeySetup, ProfilesHaveTheirLinesOnEachDesktop) {
  EXPECT_NE(set_up_profiles("sway", {})
                .snippet.find("bindsym --no-repeat Mod4+Mod1+r exec diktate start --profile fix\n"
                              "bindsym --release Mod4+Mod1+r exec diktate finish\n"),
            std::string::npos);
  EXPECT_NE(set_up_profiles("i3", {}).snippet.find("bindsym Mod4+Mod1+t exec diktate start --profile es\n"),
            std::string::npos);
  EXPECT_NE(set_up_profiles("hyprland", {})
                .snippet.find("bind = SUPER ALT, T, exec, diktate start --profile es\n"
                              "bindr = SUPER ALT, T, exec, diktate finish\n"),
            std::string::npos);
  EXPECT_NE(set_up_profiles("kde", {}).snippet.find(
                "command   diktate toggle --profile fix\nshortcut  Meta+Alt+R\n"),
            std::string::npos);
  EXPECT_NE(set_up_profiles("x11", {}).snippet.find(
                "[hotkeys.profiles]\nfix = \"Super+Alt+R\"\nes = \"Super+Alt+T\"\n"),
            std::string::npos);
  const std::string gnome = set_up_profiles("gnome", {}).snippet;
  EXPECT_NE(gnome.find("/diktate-profile-es/ name 'Dictate with es'\n"), std::string::npos) << gnome;
  EXPECT_NE(gnome.find("/diktate-profile-es/ command 'diktate toggle --profile es'\n"), std::string::npos);
  EXPECT_NE(gnome.find("/diktate-profile-es/ binding '<Super><Alt>t'\n"), std::string::npos);
}

TEST(HotkeySetup, AddsItsShortcutsToThoseOfGnome) {
  PresentBindings gnome;
  gnome.custom_shortcuts = {"/org/gnome/custom0/"};
  const std::string lines = set_up("gnome", gnome).snippet;
  EXPECT_NE(lines.find("\"['/org/gnome/custom0/', '/org/gnome/settings-daemon/"), std::string::npos) << lines;
  EXPECT_NE(lines.find("/custom-keybindings/diktate-swap/']\""), std::string::npos) << lines;
  EXPECT_NE(lines.find(" binding '<Super><Alt>d'\n"), std::string::npos) << lines;
  EXPECT_NE(lines.find("diktate-last/ command 'diktate last'\n"), std::string::npos) << lines;
}

}  // namespace
}  // namespace diktate
