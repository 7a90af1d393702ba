#include "daemon/take_machine.h"

#include <ostream>

#include <gtest/gtest.h>

namespace diktate {

void PrintTo(const TakeAction& action, std::ostream* out) {  // NOLINT(readability-identifier-naming): gtest's
  *out << "action " << static_cast<int>(action.kind) << " of take " << action.take;
}

namespace {

using Kind = TakeAction::Kind;
using std::chrono::milliseconds;

constexpr Instant kNow{std::chrono::hours(1)};

// What a step asks for; an error fails the test.
std::optional<TakeAction> done(const TakeStep& step) {
  EXPECT_TRUE(step) << step.error().message;
  return step ? *step : std::nullopt;
}

std::optional<TakeAction> action(Kind kind, TakeNumber take) { return TakeAction{kind, take}; }

TEST(TakeMachine, BeginsAndFinishesATake) {
  TakeMachine machine;
  EXPECT_EQ(machine.state(), DaemonState::idle);
  EXPECT_EQ(done(machine.start()), action(Kind::begin, 1));
  EXPECT_EQ(machine.state(), DaemonState::listening);
  EXPECT_EQ(done(machine.finish()), action(Kind::finish, 1));
  EXPECT_EQ(machine.state(), DaemonState::finishing);
  machine.ended(1);
  EXPECT_EQ(machine.state(), DaemonState::idle);
}

TEST(TakeMachine, TwoStartsAreOneTake) {
  TakeMachine machine;
  done(machine.start());
  EXPECT_EQ(done(machine.start()), std::nullopt);
  EXPECT_EQ(machine.latest(), 1);
}

TEST(TakeMachine, SaysThatThereIsNothingToFinishOrCancel) {
  TakeMachine machine;
  EXPECT_FALSE(machine.finish());
  EXPECT_FALSE(machine.cancel());
}

TEST(TakeMachine, BeginsTheNextTakeWhileTheLastOneFinishes) {
  TakeMachine machine;
  done(machine.start());
  done(machine.finish());
  EXPECT_EQ(done(machine.start()), action(Kind::begin, 2));
  EXPECT_EQ(machine.state(), DaemonState::listening);
  machine.ended(1);
  EXPECT_EQ(machine.state(), DaemonState::listening);
}

TEST(TakeMachine, HasNoRoomForMoreThanAFewUnfinishedTakes) {
  TakeMachine machine(TakeMachine::Options{.most_finishing = 2});
  for (int take = 0; take < 2; ++take) {
    done(machine.start());
    done(machine.finish());
  }
  EXPECT_FALSE(machine.start());
  machine.ended(1);
  EXPECT_EQ(done(machine.start()), action(Kind::begin, 3));
}

TEST(TakeMachine, ATapToggles) {
  TakeMachine machine;
  EXPECT_EQ(done(machine.press(kNow)), action(Kind::begin, 1));
  EXPECT_EQ(done(machine.release(kNow + milliseconds(100))), std::nullopt);
  EXPECT_EQ(machine.state(), DaemonState::listening);
  EXPECT_EQ(done(machine.press(kNow + milliseconds(5000))), action(Kind::finish, 1));
  EXPECT_EQ(done(machine.release(kNow + milliseconds(9000))), std::nullopt);
  EXPECT_EQ(machine.state(), DaemonState::finishing);
}

TEST(TakeMachine, AKeyThatIsHeldIsPushToTalk) {
  TakeMachine machine;
  done(machine.press(kNow));
  EXPECT_EQ(done(machine.release(kNow + milliseconds(300))), action(Kind::finish, 1));
}

TEST(TakeMachine, OfSeveralKeysTheOneThatBeganATakeEndsItByComingUp) {
  TakeMachine machine;
  done(machine.press(kNow, "translate"));
  EXPECT_EQ(done(machine.release(kNow + milliseconds(400), "")), std::nullopt);
  EXPECT_EQ(done(machine.release(kNow + milliseconds(500), "translate")), action(Kind::finish, 1));
}

TEST(TakeMachine, OfSeveralKeysAnyEndsATakeByGoingDown) {
  TakeMachine machine;
  done(machine.press(kNow, "translate"));
  done(machine.release(kNow + milliseconds(100), "translate"));
  EXPECT_EQ(done(machine.press(kNow + milliseconds(2000), "")), action(Kind::finish, 1));
  EXPECT_EQ(done(machine.release(kNow + milliseconds(4000), "")), std::nullopt);
}

TEST(TakeMachine, KeysWhoseDisplayGoesAreReleasedWhateverTheyAreCalled) {
  TakeMachine machine;
  done(machine.press(kNow, "translate"));
  EXPECT_EQ(done(machine.release_all(kNow + milliseconds(400))), action(Kind::finish, 1));
}

TEST(TakeMachine, TheKeyOfOneTakeDoesNotEndAnother) {
  TakeMachine machine;
  done(machine.press(kNow));
  done(machine.finish());  // by command, while the key is held
  done(machine.start());
  EXPECT_EQ(done(machine.release(kNow + milliseconds(2000))), std::nullopt);
  EXPECT_EQ(machine.listening(), 2);
}

TEST(TakeMachine, CancelsTheTakeThatListensBeforeThoseThatFinish) {
  TakeMachine machine;
  done(machine.start());
  done(machine.finish());
  done(machine.start());
  EXPECT_EQ(done(machine.cancel()), action(Kind::cancel, 2));
  EXPECT_EQ(machine.state(), DaemonState::finishing);
  EXPECT_EQ(done(machine.cancel()), action(Kind::cancel, 1));
  EXPECT_FALSE(machine.cancel());
}

TEST(TakeMachine, OfThoseThatFinishTheLastOneIsMeant) {
  TakeMachine machine;
  for (int take = 0; take < 2; ++take) {
    done(machine.start());
    done(machine.finish());
  }
  EXPECT_EQ(machine.latest(), 2);
  EXPECT_EQ(done(machine.cancel()), action(Kind::cancel, 2));
  EXPECT_EQ(done(machine.cancel()), action(Kind::cancel, 1));
}

TEST(TakeMachine, ATakeThatEndsBeforeItHeardAnythingIsOver) {
  TakeMachine machine;
  done(machine.press(kNow));
  machine.ended(1);
  EXPECT_EQ(machine.state(), DaemonState::idle);
  EXPECT_EQ(machine.latest(), std::nullopt);
  EXPECT_EQ(done(machine.release(kNow + milliseconds(2000))), std::nullopt);
}

TEST(TakeMachine, AKeyIsReleasedOnce) {
  TakeMachine machine;
  done(machine.press(kNow));
  done(machine.release(kNow + milliseconds(100)));
  EXPECT_EQ(done(machine.release(kNow + milliseconds(2000))), std::nullopt) << "as when its display goes";
  EXPECT_EQ(machine.state(), DaemonState::listening);
}

TEST(TakeMachine, ATakeThatEndedByItselfFinishes) {
  TakeMachine machine;
  done(machine.press(kNow));
  machine.heard(1);
  EXPECT_EQ(machine.state(), DaemonState::finishing);
  EXPECT_EQ(done(machine.release(kNow + milliseconds(2000))), std::nullopt);
  EXPECT_EQ(done(machine.toggle()), action(Kind::begin, 2));
}

TEST(TakeMachine, AStopFinishesTheTakeAndBeginsNoOther) {
  TakeMachine machine;
  done(machine.start());
  EXPECT_EQ(done(machine.stop()), action(Kind::finish, 1));
  EXPECT_FALSE(machine.start());
  EXPECT_FALSE(machine.press(kNow));
  machine.ended(1);
  EXPECT_EQ(done(machine.stop()), std::nullopt);
}

TEST(TakeMachine, BearsAKeyMashedFiftyTimesASecond) {
  TakeMachine machine;
  Instant now = kNow;
  int begun = 0;
  for (int i = 0; i < 5000; ++i, now += milliseconds(10)) {
    const auto step = i % 2 == 0 ? machine.press(now) : machine.release(now);
    if (!step || !*step) continue;
    if ((*step)->kind == Kind::begin) ++begun;
    if ((*step)->kind == Kind::finish && i % 3 == 0) machine.ended((*step)->take);
    EXPECT_LE(machine.finishing(), 4U);
  }
  EXPECT_GT(begun, 0);
}

}  // namespace
}  // namespace diktate
