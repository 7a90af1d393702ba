#include "daemon/desktop_link.h"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "daemon_fixture.h"
#include "fakes/fake_clock.h"

namespace diktate {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A display that is there or not.
struct FakeDisplay {
  bool is_there = false;
  int looks = 0;
};

class FakeInserter final : public TextInserter {
 public:
  explicit FakeInserter(FakeDisplay& display) : display_(display), connected_(display.is_there) {}
  std::unique_ptr<TextTarget> remember() override { return nullptr; }
  Result<Insertion> insert(TextTarget& /*target*/, const InsertRequest& /*request*/,
                           std::stop_token /*cancel*/) override {
    return Insertion{};
  }
  std::string problem() const override {
    return display_.is_there && connected_ ? "" : "the display is gone";
  }
  void reconnect() override { connected_ = display_.is_there; }
  std::string name() const override { return "fake"; }

 private:
  FakeDisplay& display_;
  bool connected_;
};

// A key that is down or not, and what is told of it.
struct FakeKey {
  bool is_held = false;
  bool is_said_down = false;
  bool is_lost = false;  // with its display
  int doubts = 0;
};

class FakeHotkeys final : public Hotkeys {
 public:
  explicit FakeHotkeys(FakeKey& key) : key_(key) {}
  int descriptor() const override { return -1; }
  Result<std::vector<HotkeyEvent>> events() override {
    if (key_.is_lost) return fail(ErrorKind::unavailable, "the display is gone");
    return std::vector<HotkeyEvent>{};
  }
  Result<void> listen_for_cancel(bool /*on*/) override { return {}; }
  bool any_down() const override { return key_.is_said_down; }
  void doubt_down() override {
    ++key_.doubts;
    key_.is_said_down = key_.is_held;
  }
  std::string name() const override { return "fake"; }

 private:
  FakeKey& key_;
};

class DesktopLinkTest : public testing::Test {
 protected:
  DesktopLinkTest() {
    std::string name = (std::filesystem::temp_directory_path() / "diktate-displays-XXXXXX").string();
    folder = ::mkdtemp(name.data());
    link.use(
        [this](Desktop& had) {
          ++display.looks;
          if (had.inserter) had.inserter->reconnect();
          return Desktop{had.inserter ? std::move(had.inserter) : std::make_unique<FakeInserter>(display),
                         nullptr};
        },
        {folder / "wayland-1"});
  }
  ~DesktopLinkTest() override { std::filesystem::remove_all(folder); }

  // Lets the time go on to the next look; answers with how long that was.
  Nanoseconds next_look() {
    const Instant before = clock.now();
    clock.sleep_until(link.due().value_or(before), {});
    link.follow(true);
    return clock.now() - before;
  }
  void wait_for_long() {
    while (next_look() < seconds(30)) {
    }
  }

  std::filesystem::path folder;
  fakes::FakeClock clock;
  FakeDisplay display;
  Mailbox mailbox;
  Errands errands{mailbox};
  const SharedSetup setup = std::make_shared<const DaemonSetup>();
  TakeKits kits{setup};
  Takes takes{{clock, mailbox, errands, kits, [](std::string_view, const std::string&) {}}, setup};
  DesktopLink link{takes, clock, [](const std::string&) {}};
};

TEST_F(DesktopLinkTest, LooksEverMoreSeldomForADisplayThatIsMissing) {
  EXPECT_EQ(link.problems(), std::vector<std::string>{"the display is gone"});
  EXPECT_EQ(next_look(), milliseconds(100));
  EXPECT_EQ(next_look(), milliseconds(200));
  EXPECT_EQ(next_look(), milliseconds(400));
  wait_for_long();
  EXPECT_EQ(next_look(), seconds(30));
  EXPECT_LE(display.looks, 12);
}

TEST_F(DesktopLinkTest, LooksSoonWhenTheSocketOfTheDisplayAppears) {
  wait_for_long();
  std::ofstream{folder / "wayland-1"} << "";
  display.is_there = true;
  link.read_displays();
  EXPECT_EQ(next_look(), milliseconds(100));
  EXPECT_TRUE(link.problems().empty());
  EXPECT_FALSE(link.due());
}

TEST_F(DesktopLinkTest, GoesOnLookingWhileTheDisplayDoesNotAnswerYet) {
  wait_for_long();
  std::ofstream{folder / "wayland-1"} << "";
  link.read_displays();
  EXPECT_EQ(next_look(), milliseconds(100));
  display.is_there = true;
  EXPECT_EQ(next_look(), milliseconds(200));
  EXPECT_TRUE(link.problems().empty());
}

TEST_F(DesktopLinkTest, AKeyThatIsLackingIsNoProblemAndIsLookedForAgain) {
  display.is_there = true;
  next_look();
  bool is_lacking = true;
  link.use(
      [&](Desktop& /*had*/) {
        Desktop desktop{std::make_unique<FakeInserter>(display), nullptr};
        desktop.lacks_keys = is_lacking;
        return desktop;
      },
      {});
  link.follow(true);
  EXPECT_TRUE(link.problems().empty());
  EXPECT_EQ(next_look(), milliseconds(100));
  is_lacking = false;
  EXPECT_EQ(next_look(), milliseconds(200));
  EXPECT_FALSE(link.due());
}

TEST_F(DesktopLinkTest, ADisplayThatGoesIsAProblemAndIsLookedForAgain) {
  display.is_there = true;
  EXPECT_EQ(next_look(), milliseconds(100));
  EXPECT_FALSE(link.due());
  display.is_there = false;
  link.follow(true);
  EXPECT_EQ(link.problems(), std::vector<std::string>{"the display is gone"});
  EXPECT_EQ(next_look(), milliseconds(100));
  EXPECT_TRUE(link.due());
}

TEST_F(DesktopLinkTest, ADisplayThatWentUnnoticedIsFoundAtItsReturn) {
  display.is_there = true;
  next_look();
  const int looks = display.looks;
  display.is_there = false;  // and nobody asked
  std::ofstream{folder / "wayland-1"} << "";
  link.read_displays();
  ASSERT_TRUE(link.due());
  display.is_there = true;
  next_look();
  EXPECT_EQ(display.looks, looks + 1);
  EXPECT_FALSE(link.due());
}

SharedSetup setup_with(fakes::World& world, Notifier& notifier) {
  DaemonSetup setup = fakes::setup_of(world);
  setup.notifier = &notifier;
  return std::make_shared<const DaemonSetup>(std::move(setup));
}

// A link with a key, and takes that are said into fakes.
class DesktopLinkKeysTest : public testing::Test {
 protected:
  DesktopLinkKeysTest() {
    link.use(
        [this](Desktop& had) {
          Desktop made{std::move(had.inserter), std::move(had.hotkeys)};
          if (!made.inserter) made.inserter = std::make_unique<fakes::WorldInserter>(world);
          if (!made.hotkeys && !key.is_lost) made.hotkeys = std::make_unique<FakeHotkeys>(key);
          if (!made.hotkeys) made.problems.emplace_back("no hotkeys");
          return made;
        },
        {});
  }
  ~DesktopLinkKeysTest() override {
    takes.cancel_all();
    key.is_said_down = false;
    link.read_keys();
    while (!errands.none()) mailbox.deliver();
  }

  void press() {
    key.is_held = key.is_said_down = true;
    link.read_keys();
  }
  void wait_ten_seconds() {
    clock.advance(seconds(10));
    link.follow(false);
  }

  fakes::World world;
  fakes::WorldNotifier notifier{world};
  const SharedSetup setup = setup_with(world, notifier);
  FakeKey key;
  FakeKey other;  // of keys that come later
  fakes::FakeClock clock;
  Mailbox mailbox;
  TakeKits kits{setup};
  Errands errands{mailbox};
  Takes takes{{clock, mailbox, errands, kits, [](std::string_view, const std::string&) {}}, setup};
  DesktopLink link{takes, clock, [](const std::string&) {}};
};

TEST_F(DesktopLinkKeysTest, AKeyThatIsDownForLongIsDoubted) {
  press();
  ASSERT_TRUE(link.due());
  EXPECT_EQ(*link.due() - clock.now(), seconds(10));
  key.is_held = false;  // and nobody tells
  wait_ten_seconds();
  EXPECT_EQ(key.doubts, 1);
  EXPECT_FALSE(link.due()) << "it is up: there is nothing to look for";
  press();
  wait_ten_seconds();
  wait_ten_seconds();
  EXPECT_EQ(key.doubts, 3) << "one that is held is doubted again";
}

TEST_F(DesktopLinkKeysTest, AKeyThatDictatesMayBeDownForLong) {
  ASSERT_TRUE(takes.start({}));
  press();
  wait_ten_seconds();
  EXPECT_EQ(key.doubts, 0);
  ASSERT_TRUE(takes.cancel());
}

// Or what was begun with a tap could not be ended with one.
TEST_F(DesktopLinkKeysTest, LostKeysAreLookedForDuringATake) {
  ASSERT_TRUE(takes.start({}));
  key.is_lost = true;
  link.read_keys();
  EXPECT_FALSE(link.hotkeys());
  ASSERT_TRUE(link.due());
  key.is_lost = false;
  clock.sleep_until(*link.due(), {});
  link.follow(false);
  EXPECT_TRUE(link.hotkeys());
  EXPECT_EQ(takes.state(), DaemonState::listening);
  ASSERT_TRUE(takes.cancel());
}

TEST_F(DesktopLinkKeysTest, KeysThatAreReplacedBecauseOneWasLackingBeginAnew) {
  bool is_lacking = true;
  link.use(
      [&](Desktop& had) {
        Desktop desktop{std::make_unique<fakes::WorldInserter>(world), nullptr};
        if (is_lacking && had.hotkeys) desktop.hotkeys = std::move(had.hotkeys);
        if (!desktop.hotkeys) desktop.hotkeys = std::make_unique<FakeHotkeys>(is_lacking ? key : other);
        desktop.lacks_keys = is_lacking;
        return desktop;
      },
      {});
  link.follow(true);
  press();
  wait_ten_seconds();  // in which it was looked for
  EXPECT_EQ(key.doubts, 1) << "they are the same keys: one is still down";
  is_lacking = false;
  wait_ten_seconds();
  EXPECT_FALSE(link.due()) << "of these none is";
}

TEST_F(DesktopLinkKeysTest, NewSettingsWaitForTheEndOfATake) {
  ASSERT_TRUE(takes.start({}));
  int made = 0;
  link.use(
      [&](Desktop& /*had*/) {
        ++made;
        return Desktop{std::make_unique<fakes::WorldInserter>(world), nullptr};
      },
      {});
  key.is_lost = true;
  link.read_keys();
  clock.advance(seconds(1));
  link.follow(false);
  EXPECT_EQ(made, 0);
  ASSERT_TRUE(takes.cancel());
  while (!errands.none()) mailbox.deliver();
  link.follow(true);
  EXPECT_EQ(made, 1);
}

TEST_F(DesktopLinkKeysTest, ATextThatWaitsForAHeldKeyIsToldOfOnceAndComes) {
  ASSERT_TRUE(takes.start({}));
  press();
  ASSERT_TRUE(takes.finish());
  while (!takes.text_waits()) std::this_thread::sleep_for(milliseconds(1));
  wait_ten_seconds();
  wait_ten_seconds();
  {
    const std::lock_guard lock(world.mutex);
    ASSERT_EQ(world.notices.size(), 1U);
    EXPECT_EQ(world.notices[0].title, "The text waits");
    EXPECT_TRUE(world.inserted.empty());
  }
  key.is_held = false;
  wait_ten_seconds();
  while (!errands.none()) mailbox.deliver();
  EXPECT_EQ(world.inserted.size(), 1U);
}

}  // namespace
}  // namespace diktate
