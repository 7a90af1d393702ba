#include "daemon/desktop_link.h"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

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
  TakeKits kits{{}};
  Takes takes{{clock, mailbox, errands, kits, [](std::string_view, const std::string&) {}}};
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

}  // namespace
}  // namespace diktate
