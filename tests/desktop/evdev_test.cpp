#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/input.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "desktop/evdev/hotkeys.h"
#include "desktop/evdev/key_states.h"
#include "desktop/evdev/keys.h"
#include "desktop/make_desktop.h"

namespace diktate {
namespace {

using Seen = std::vector<std::string>;  // "+dictate": pressed, "-dictate": released

input_event event_of(int type, int code, int value) {
  input_event event{};
  event.type = static_cast<std::uint16_t>(type);
  event.code = static_cast<std::uint16_t>(code);
  event.value = value;
  return event;
}

// A folder whose devices are pipes: what is recorded of a keyboard is written into them.
class EvdevHotkeysTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "evdev_XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void plug(const std::string& name) {
    ASSERT_EQ(::mkfifo((folder_ / name).c_str(), 0600), 0);
    ends_[name] = UniqueFd(::open((folder_ / name).c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
    ASSERT_TRUE(ends_[name]);
  }
  void unplug(const std::string& name) {
    std::filesystem::remove(folder_ / name);
    ends_.erase(name);
  }
  void write_bytes(const std::string& name, const void* bytes, std::size_t count) {
    ASSERT_EQ(::write(ends_[name].get(), bytes, count), static_cast<ssize_t>(count));
  }
  void send(const std::string& name, int type, int code, int value) {
    const std::array events{event_of(type, code, value), event_of(EV_SYN, SYN_REPORT, 0)};
    write_bytes(name, events.data(), sizeof events);
  }
  void key(const std::string& name, int code, int value) { send(name, EV_KEY, code, value); }

  EvdevHotkeyOptions options() const {
    return {.devices = folder_, .bindings = {{"dictate", "F13"}}, .cancel = "Pause"};
  }
  void listen() {
    auto made = make_evdev_hotkeys(options(), clock_);
    ASSERT_TRUE(made) << made.error().message;
    hotkeys_ = std::move(*made);
  }
  bool is_ready() const {
    pollfd ready{hotkeys_->descriptor(), POLLIN, 0};
    return ::poll(&ready, 1, 0) == 1;
  }
  Seen seen() {
    Seen seen;
    while (is_ready()) {
      const auto events = hotkeys_->events();
      EXPECT_TRUE(events);
      if (!events) break;
      for (const HotkeyEvent& event : *events) seen.push_back((event.pressed ? "+" : "-") + event.action);
    }
    return seen;
  }

  std::filesystem::path folder_;
  std::map<std::string, UniqueFd> ends_;
  const SteadyClock clock_{};
  std::unique_ptr<Hotkeys> hotkeys_;
};

TEST_F(EvdevHotkeysTest, APressAndAReleaseAreHeardAndRepeatsAreNot) {
  plug("event0");
  listen();
  EXPECT_FALSE(is_ready());
  key("event0", KEY_F13, 1);
  EXPECT_TRUE(is_ready());
  EXPECT_EQ(seen(), Seen{"+dictate"});
  EXPECT_TRUE(hotkeys_->any_down());
  key("event0", KEY_F13, 2);
  key("event0", KEY_F13, 2);
  EXPECT_EQ(seen(), Seen{});
  key("event0", KEY_F13, 0);
  EXPECT_EQ(seen(), Seen{"-dictate"});
  EXPECT_FALSE(hotkeys_->any_down());
  key("event0", KEY_F13, 1);
  key("event0", KEY_F13, 0);
  EXPECT_EQ(seen(), (Seen{"+dictate", "-dictate"})) << "both are there at once";
}

TEST_F(EvdevHotkeysTest, WhatIsReadTogetherIsAsFarApartAsItHappened) {
  plug("event0");
  listen();
  std::array events{event_of(EV_KEY, KEY_F13, 1), event_of(EV_KEY, KEY_F13, 0)};
  events[0].input_event_sec = events[1].input_event_sec = 1000;
  events[1].input_event_usec = 400'000;
  write_bytes("event0", events.data(), sizeof events);
  const auto read = hotkeys_->events();
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ(read->at(1).at - read->at(0).at, std::chrono::milliseconds(400));
}

TEST_F(EvdevHotkeysTest, WhatIsTypedIsNotHeard) {
  plug("event0");
  listen();
  for (const int code : {KEY_D, KEY_SPACE, KEY_ESC, KEY_LEFTMETA, KEY_F14}) {
    key("event0", code, 1);
    key("event0", code, 0);
  }
  send("event0", EV_REL, KEY_F13, 1);
  EXPECT_EQ(seen(), Seen{});
  EXPECT_FALSE(hotkeys_->any_down());
}

TEST_F(EvdevHotkeysTest, CancelIsHeardOnlyWhileItIsListenedFor) {
  plug("event0");
  listen();
  key("event0", KEY_PAUSE, 1);
  key("event0", KEY_PAUSE, 0);
  EXPECT_EQ(seen(), Seen{});
  ASSERT_TRUE(hotkeys_->listen_for_cancel(true));
  key("event0", KEY_PAUSE, 1);
  EXPECT_EQ(seen(), Seen{"+cancel"});
}

TEST_F(EvdevHotkeysTest, AKeyThatIsDownWhenItsDeviceGoesIsReleased) {
  plug("event0");
  listen();
  key("event0", KEY_F13, 1);
  EXPECT_EQ(seen(), Seen{"+dictate"});
  unplug("event0");
  EXPECT_EQ(seen(), Seen{"-dictate"});
  EXPECT_FALSE(hotkeys_->any_down());
}

TEST_F(EvdevHotkeysTest, ADeviceWhoseFileIsGoneIsNotReadAnyMore) {
  plug("event0");
  listen();
  std::filesystem::permissions(folder_ / "event0", std::filesystem::perms::owner_all);  // it is open already
  EXPECT_EQ(seen(), Seen{});
  key("event0", KEY_F13, 1);
  EXPECT_EQ(seen(), Seen{"+dictate"});
  std::filesystem::remove(folder_ / "event0");
  EXPECT_EQ(seen(), Seen{"-dictate"});
  key("event0", KEY_F13, 1);
  EXPECT_EQ(seen(), Seen{});
}

TEST_F(EvdevHotkeysTest, ADeviceThatIsPluggedInLaterIsHeard) {
  listen();
  plug("event7");
  plug("mouse0");
  EXPECT_EQ(seen(), Seen{});
  key("event7", KEY_F13, 1);
  key("mouse0", KEY_F13, 0);
  EXPECT_EQ(seen(), Seen{"+dictate"});
  unplug("event7");
  plug("event7");
  EXPECT_EQ(seen(), Seen{"-dictate"});
  key("event7", KEY_F13, 1);
  EXPECT_EQ(seen(), Seen{"+dictate"}) << "the same name, another device";
}

TEST_F(EvdevHotkeysTest, ADeviceMovedIntoItsPlaceIsHeardAndOneMovedAwayIsReleased) {
  listen();
  plug("made");
  std::filesystem::rename(folder_ / "made", folder_ / "event1");
  EXPECT_EQ(seen(), Seen{});
  key("made", KEY_F13, 1);
  EXPECT_EQ(seen(), Seen{"+dictate"});
  std::filesystem::rename(folder_ / "event1", folder_ / "made");
  EXPECT_EQ(seen(), Seen{"-dictate"});
}

TEST_F(EvdevHotkeysTest, OnTwoDevicesTheKeyIsReleasedWithTheSecond) {
  plug("event0");
  plug("event1");
  listen();
  key("event0", KEY_F13, 1);
  EXPECT_EQ(seen(), Seen{"+dictate"});
  key("event1", KEY_F13, 1);
  key("event0", KEY_F13, 0);
  EXPECT_EQ(seen(), Seen{});
  EXPECT_TRUE(hotkeys_->any_down());
  unplug("event0");
  EXPECT_EQ(seen(), Seen{});
  key("event1", KEY_F13, 0);
  EXPECT_EQ(seen(), Seen{"-dictate"});
}

TEST_F(EvdevHotkeysTest, AfterALossWithoutAnAnswerTheKeyIsTakenForReleased) {
  plug("event0");
  listen();
  key("event0", KEY_F13, 1);
  EXPECT_EQ(seen(), Seen{"+dictate"});
  send("event0", EV_SYN, SYN_DROPPED, 0);
  EXPECT_EQ(seen(), Seen{"-dictate"});
}

TEST_F(EvdevHotkeysTest, HalfAnEventIsTheEndOfItsDeviceAlone) {
  plug("event0");
  plug("event1");
  listen();
  const auto press = event_of(EV_KEY, KEY_F13, 1);
  write_bytes("event0", &press, sizeof press);
  EXPECT_EQ(seen(), Seen{"+dictate"});
  write_bytes("event0", &press, sizeof press / 2);
  EXPECT_EQ(seen(), Seen{"-dictate"});
  write_bytes("event0", &press, sizeof press);
  EXPECT_EQ(seen(), Seen{});
  key("event1", KEY_F13, 1);
  EXPECT_EQ(seen(), Seen{"+dictate"});
}

TEST_F(EvdevHotkeysTest, GarbageIsNoKey) {
  plug("event0");
  listen();
  std::array<unsigned char, 20 * sizeof(input_event)> noise{};
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<unsigned char>(i * 151 + 7);
  write_bytes("event0", noise.data(), noise.size());
  EXPECT_EQ(seen(), Seen{});
  key("event0", KEY_F13, -1);
  key("event0", KEY_F13, 3);
  key("event0", KEY_F13, 0);
  EXPECT_EQ(seen(), Seen{});
}

TEST_F(EvdevHotkeysTest, WithoutTheFolderItSaysSoAndThatItWentIsAnError) {
  listen();
  std::filesystem::remove_all(folder_);
  EXPECT_TRUE(is_ready());
  const auto events = hotkeys_->events();
  ASSERT_FALSE(events);
  EXPECT_NE(events.error().message.find(folder_.string() + " is gone"), std::string::npos);
  const auto made = make_evdev_hotkeys(options(), clock_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(made.error().message,
            "the folder of input devices " + folder_.string() + ": No such file or directory");
}

TEST_F(EvdevHotkeysTest, WhereNothingMayBeReadTheGroupAndTheRiskAreNamed) {
  std::filesystem::create_symlink("event0", folder_ / "event0");  // to itself: nobody can open it
  const auto made = make_evdev_hotkeys(options(), clock_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::unavailable);
  for (const char* part : {"event0: ", "the group 'input'", "may read all that you type"})
    EXPECT_NE(made.error().message.find(part), std::string::npos) << made.error().message;
  EXPECT_EQ(made.error().message.find('\n'), std::string::npos);
  plug("event1");
  EXPECT_TRUE(make_evdev_hotkeys(options(), clock_)) << "one that may be read is enough";
}

TEST_F(EvdevHotkeysTest, ADeviceThatMayBeReadOnlyLaterIsHeardThen) {
  listen();
  std::filesystem::create_symlink("later", folder_ / "event0");
  EXPECT_EQ(seen(), Seen{});
  plug("later");
  EXPECT_EQ(::fchownat(AT_FDCWD, (folder_ / "event0").c_str(), ::getuid(), ::getgid(), AT_SYMLINK_NOFOLLOW),
            0);
  EXPECT_EQ(seen(), Seen{});
  key("later", KEY_F13, 1);
  EXPECT_EQ(seen(), Seen{"+dictate"});
}

TEST_F(EvdevHotkeysTest, IsMadeOnlyByItsName) {
  plug("event0");
  const HotkeyOptions named{
      .backend = "evdev", .bindings = {{"dictate", "F13"}}, .cancel = "", .devices = folder_};
  const auto made = make_hotkeys(named, clock_);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ((*made)->name(), "evdev");
  HotkeyOptions automatic = named;
  automatic.backend = "auto";
  automatic.cancel = "Escape";
  automatic.display = ":31999";
  EXPECT_FALSE(make_hotkeys(automatic, clock_)) << "who may read all that is typed is for the user to say";
}

TEST(EvdevKeys, NamesAreThoseOfKeysWithWhichNobodyTypes) {
  EXPECT_EQ(evdev_key("F13"), KEY_F13);
  EXPECT_EQ(evdev_key("f24"), KEY_F24);
  EXPECT_EQ(evdev_key("Pause"), KEY_PAUSE);
  EXPECT_EQ(evdev_key("scroll_lock"), KEY_SCROLLLOCK);
  EXPECT_EQ(evdev_key("Control_R"), KEY_RIGHTCTRL);
  EXPECT_EQ(evdev_key("BTN_0"), BTN_0);
  EXPECT_EQ(evdev_key("BTN_9"), BTN_9);
  EXPECT_EQ(evdev_key("btn_side"), BTN_SIDE);
  for (const char* typing : {"D", "Super+Alt+D", "Ctrl+F13", "Escape", "space", "Return", "Shift_L", "Alt_R",
                             "AltGr", "F12", "F25", "F", "F13x", "BTN_LEFT", "BTN_10", "BTN_-1", "30", ""}) {
    const auto code = evdev_key(typing);
    ASSERT_FALSE(code) << typing;
    EXPECT_EQ(code.error().kind, ErrorKind::invalid);
    EXPECT_NE(code.error().message.find("the key '" + std::string(typing) + "'"), std::string::npos);
    EXPECT_NE(code.error().message.find("F13 to F24, "), std::string::npos);
  }
}

TEST(EvdevKeys, AKeyStandsForOneAction) {
  const auto twice = check_evdev_hotkeys({.bindings = {{"dictate", "RightCtrl"}}, .cancel = "control_r"});
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().message, "the key control_r stands for two actions");
  EXPECT_TRUE(check_evdev_hotkeys({.bindings = {{"dictate", "F13"}}}));
}

constexpr std::array<std::uint16_t, 2> kTwoKeys{KEY_F13, KEY_F14};
constexpr InputEvent kReport{EV_SYN, SYN_REPORT, 0};
constexpr InputEvent kDropped{EV_SYN, SYN_DROPPED, 0};

struct Changes {
  std::vector<std::size_t> all;
  KeyStates::OnChange note() {
    return [this](std::size_t index, Nanoseconds) { all.push_back(index); };
  }
};

TEST(KeyStates, AfterALossTheStateIsAskedForAtTheNextReport) {
  int asked = 0;
  KeyStates states(kTwoKeys, [&]() -> std::optional<std::vector<bool>> {
    ++asked;
    return std::vector{false, true};
  });
  Changes changes;
  const std::array before{InputEvent{EV_KEY, KEY_F13, 1}, kReport};
  states.take(before, changes.note());
  EXPECT_EQ(asked, 0);
  const std::array lossy{kDropped, InputEvent{EV_KEY, KEY_F13, 0}, InputEvent{EV_KEY, KEY_F13, 1}};
  states.take(lossy, changes.note());
  EXPECT_EQ(changes.all, std::vector<std::size_t>{0}) << "what is left of a lossy report says nothing";
  EXPECT_EQ(asked, 0);
  states.take({&kReport, 1}, changes.note());
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(changes.all, (std::vector<std::size_t>{0, 0, 1}));
  EXPECT_FALSE(states.is_down(0));
  EXPECT_TRUE(states.is_down(1));
  const std::array after{InputEvent{EV_KEY, KEY_F14, 0}, kReport};
  states.take(after, changes.note());
  EXPECT_EQ(asked, 1);
  EXPECT_FALSE(states.is_down(1));
}

TEST(KeyStates, AKeyThatStaysDownThroughALossIsNotReleased) {
  KeyStates states(kTwoKeys, [] { return std::vector{true, false}; });
  Changes changes;
  const std::array events{InputEvent{EV_KEY, KEY_F13, 1}, kReport, kDropped, kReport};
  states.take(events, changes.note());
  EXPECT_EQ(changes.all, std::vector<std::size_t>{0});
  EXPECT_TRUE(states.is_down(0));
}

}  // namespace
}  // namespace diktate
