#include "daemon/daemon.h"

#include <atomic>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "daemon_fixture.h"
#include "fakes/no_threads.h"

namespace diktate {
namespace {

using fakes::DaemonTest;
using fakes::Json;

TEST_F(DaemonTest, AnswersWhileItsModelsAreStillLoading) {
  world.loading.shut();
  start_daemon();
  const Json status = call("status");
  EXPECT_EQ(status["state"], "idle");
  EXPECT_EQ(status["models"], "loading");
  world.loading.open();
  await_status([](const Json& now) { return now["models"] == "loaded"; });
}

TEST_F(DaemonTest, DictatesByCommand) {
  start_daemon();
  EXPECT_EQ(call("start"), (Json{{"take", 1}, {"state", "listening"}}));
  const Json report = call("finish", R"({"wait":true})");
  EXPECT_EQ(report["outcome"], "delivered");
  EXPECT_EQ(report["clean_text"], "w1 w2");
  EXPECT_EQ(report["insert_method"], "paste Ctrl+V");
  EXPECT_EQ(report["receipt"], "target");
  EXPECT_EQ(report["target"], "editor");
  EXPECT_GE(report["stop_to_text_ms"], 0);
  EXPECT_EQ(inserted(), std::vector<std::string>{"w1 w2"});
  EXPECT_EQ(call("history")["takes"], Json::array({report}));
  EXPECT_TRUE(world.kept) << "the take was kept by nobody";
  EXPECT_EQ(world.closed, std::vector{Outcome::delivered});
}

TEST_F(DaemonTest, InsertsWithTheKeysThatWereSaidAndWhatTheProfileAllowsATerminal) {
  world.keys_said = {"Enter"};
  setup.profiles.front().terminal_lines = true;
  setup.profiles.front().terminal_enter = true;
  start_daemon();
  call("start");
  call("finish", R"({"wait":true})");
  EXPECT_EQ(pressed(), (std::vector<std::string>{"Enter", "lines", "enter"}));
  call("insert-last");
  EXPECT_EQ(pressed(), std::vector<std::string>{"lines"}) << "a key is pressed once";
}

TEST_F(DaemonTest, SaysThatATakeCouldNotBeKept) {
  world.disk_full = true;
  start_daemon();
  call("start");
  const Json report = call("finish", R"({"wait":true})");
  EXPECT_EQ(report["outcome"], "delivered");
  EXPECT_EQ(report["warnings"], Json::array({"the history is full"}));
  EXPECT_EQ(notices(),
            std::vector<std::string>{"The history does not have what you dictated: the history is full"});
  EXPECT_EQ(call("status")["degraded"], Json::array({"the history is full"}));
  call("start");
  call("finish", R"({"wait":true})");
  EXPECT_EQ(notices().size(), 1U) << "it was said";
  world.disk_full = false;
  call("start");
  call("finish", R"({"wait":true})");
  EXPECT_EQ(call("status")["degraded"], Json::array());
}

TEST_F(DaemonTest, ATakeForWhichThereIsNoThreadHasFailedAndThoseAfterItHaveNot) {
  const std::string why = "no thread could be started: Resource temporarily unavailable";
  start_daemon();
  call("start");
  call("finish", R"({"wait":true})");
  await([&] { return call("status")["models"] == "loaded"; });
  {
    const fakes::NoThreads none;
    key("dictate", true);
    await([&] { return call("history")["takes"].size() == 2; });
    key("dictate", false);
    const Json row = call("history")["takes"].front();
    EXPECT_EQ(row["outcome"], "failed");
    EXPECT_EQ(row["cause"], why);
    EXPECT_EQ(row["profile"], "standard");
    EXPECT_EQ(call("insert-last")["error"], why);
    EXPECT_EQ(call("history", R"({"stored":true})")["error"], why);
  }
  EXPECT_EQ(notices(),
            (std::vector<std::string>{"The take failed: " + why, "The text was not inserted: " + why}));
  await_state("idle");
  call("start");
  EXPECT_EQ(call("finish", R"({"wait":true})")["outcome"], "delivered");
  EXPECT_EQ(call("insert-last")["take"], 3);
}

TEST_F(DaemonTest, ATextThatIsHeldIsNoSuccess) {
  world.holds_text = true;
  start_daemon();
  call("start");
  const Json report = call("finish", R"({"wait":true})");
  EXPECT_EQ(report["outcome"], "delivered_fallback");
  EXPECT_EQ(report["held"], true);
  EXPECT_EQ(report["cause"], "the window is another one");
}

TEST_F(DaemonTest, ALockedSessionNeverGetsText) {
  world.locked = true;
  start_daemon();
  call("start");
  const Json report = call("finish", R"({"wait":true})");
  EXPECT_EQ(report["outcome"], "delivered_fallback");
  EXPECT_EQ(report["held"], true);
  EXPECT_EQ(report["receipt"], "none");
  EXPECT_EQ(report["cause"], "the session is locked: 'diktate last' inserts the text later");
  EXPECT_EQ(notices(), std::vector<std::string>{"The text was not inserted: the session is locked: "
                                                "'diktate last' inserts the text later"});
  EXPECT_EQ(call("insert-last")["held"], true);
  EXPECT_EQ(call("status")["state"], "idle");
  EXPECT_TRUE(inserted().empty());
  world.locked = false;
  EXPECT_EQ(call("insert-last")["held"], false);
  EXPECT_EQ(inserted(), std::vector<std::string>{"w1 w2"});
}

TEST_F(DaemonTest, KeysThatMixWithHeldOnesComeWhenTheHandsAreOff) {
  constexpr auto kHandsOff = std::chrono::milliseconds(250);
  const auto inserted_at = [&] {
    const std::lock_guard lock(world.mutex);
    return world.inserted_at;
  };
  world.mixes_with_held_keys = true;
  start_daemon();
  call("start");
  const Instant finished = SteadyClock().now();
  call("finish", R"({"wait":true})");
  EXPECT_GE(inserted_at() - finished, kHandsOff);
  const Instant asked = SteadyClock().now();
  call("insert-last");
  EXPECT_GE(inserted_at() - asked, kHandsOff);
  EXPECT_EQ(inserted().size(), 2U);
}

TEST_F(DaemonTest, TellsWhatHappensInNumberedEvents) {
  start_daemon();
  RpcClient listener = another();
  ASSERT_EQ(call(listener, "subscribe")["state"], "idle");
  call("start");
  call("finish");
  std::uint64_t number = 0;
  std::vector<std::string> states;
  std::map<std::string, int> seen;
  while (seen["final"] == 0 || states.back() != "idle") {
    const auto event = listener.next_event(kLimit);
    ASSERT_TRUE(event) << event.error().message;
    if (number != 0) {
      EXPECT_EQ(event->number, number + 1);
    }
    number = event->number;
    ++seen[event->event];
    if (event->event == "state") states.push_back(Json::parse(event->data)["state"].get<std::string>());
  }
  EXPECT_EQ(states, (std::vector<std::string>{"listening", "finishing", "idle"}));
  EXPECT_GT(seen["level"], 0);
  EXPECT_GT(seen["piece"], 0);
  EXPECT_EQ(seen["final"], 1);
}

TEST_F(DaemonTest, ANewTakeListensWhileTheLastOneFinishesAndItsTextComesSecond) {
  start_daemon();
  world.cleaning.shut();
  call("start");
  call("finish");
  world.cleaning.await_somebody();
  EXPECT_EQ(call("start"), (Json{{"take", 2}, {"state", "listening"}}));
  call("finish");
  EXPECT_EQ(call("status")["finishing"], 2);
  EXPECT_TRUE(inserted().empty());
  world.cleaning.open();
  await_state("idle");
  EXPECT_EQ(inserted(), (std::vector<std::string>{"w1 w2", "w1 w2 w3"}));
}

TEST_F(DaemonTest, ATextDoesNotWaitUntilTheTakeBeforeItIsPutAway) {
  start_daemon();
  world.closing.shut();
  call("start");
  call("finish");
  world.closing.await_somebody();
  call("start");
  EXPECT_EQ(call("finish", R"({"wait":true})")["take"], 2);
  EXPECT_EQ(inserted(), (std::vector<std::string>{"w1 w2", "w1 w2 w3"}));
  EXPECT_EQ(call("status")["finishing"], 1);
  world.closing.open();
  await_state("idle");
  const Json takes = call("history")["takes"];
  ASSERT_EQ(takes.size(), 2U);
  EXPECT_EQ(takes[0]["take"], 2) << "the newest first, though it ended first";
  EXPECT_EQ(takes[1]["take"], 1);
  EXPECT_EQ(call("insert-last")["text"], "w1 w2 w3");
}

TEST_F(DaemonTest, InsertsNothingWhileAKeyIsDown) {
  start_daemon();
  world.cleaning.shut();
  key("dictate", true);
  key("dictate", false, std::chrono::seconds(1));
  world.cleaning.await_somebody();
  key("dictate", true);  // the next take, while the first one finishes
  await_state("listening");
  world.cleaning.open();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));  // the inserter complains if it is called
  EXPECT_TRUE(inserted().empty());
  key("dictate", false, std::chrono::seconds(1));
  await_state("idle");
  EXPECT_EQ(inserted(), (std::vector<std::string>{"w1 w2", "w1 w2 w3"}));
}

TEST_F(DaemonTest, ATextThatIsOnItsWayWaitsForTheKeyOfTheNextTake) {
  start_daemon();
  const auto meets_next_key = [&](int texts) {
    world.inserting.await_somebody();
    key("dictate", true);
    await_state("listening");
    world.inserting.open();
    await([&] { return world.asked_for_keys == texts; });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // the inserter complains if it goes on
    key("dictate", false, std::chrono::seconds(1));
    await([&] { return inserted().size() == static_cast<std::size_t>(texts + 1); });
    await_state("idle");
  };
  world.inserting.shut();
  key("dictate", true);
  key("dictate", false, std::chrono::seconds(1));
  meets_next_key(1);
  world.inserting.shut();
  key("last", true);
  key("last", false);
  meets_next_key(3);
  EXPECT_EQ(inserted(), (std::vector<std::string>{"w1 w2", "w1 w2 w3", "w1 w2 w3", "w1 w2 w3 w4"}));
}

TEST_F(DaemonTest, EscapeThrowsTheTakeAway) {
  start_daemon();
  key("dictate", true);
  key("dictate", false);
  await_state("listening");
  key("cancel", true);
  await_state("idle");
  EXPECT_EQ(call("history")["takes"][0]["outcome"], "cancelled");
  EXPECT_EQ(call("history")["takes"][0]["clean_text"], "");
  EXPECT_TRUE(inserted().empty());
}

TEST_F(DaemonTest, ATakeThatWaitsForItsTurnCanBeCancelled) {
  start_daemon();
  world.cleaning.shut();
  call("start");
  call("finish");
  world.cleaning.await_somebody();
  call("start");
  call("finish");
  EXPECT_EQ(call("cancel")["take"], 2);
  world.cleaning.open();
  await_state("idle");
  EXPECT_EQ(inserted(), std::vector<std::string>{"w1 w2"});
}

TEST_F(DaemonTest, OfATakeThatIsCancelledWhileItIsInsertedNoWordIsKept) {
  world.waits_for_cancel = true;
  start_daemon();
  RpcClient listener = another();
  call(listener, "subscribe", R"({"events":["error"]})");
  for (const bool holds : {false, true}) {
    world.holds_text = holds;
    world.inserting.shut();
    call("start");
    call("finish");
    world.inserting.await_somebody();
    call("cancel");
    world.inserting.open();
    await_state("idle");
    const Json row = call("history")["takes"][0];
    EXPECT_EQ(row["outcome"], "cancelled");
    EXPECT_EQ(row["clean_text"], "");
    EXPECT_EQ(row["raw_text"], "");
    EXPECT_TRUE(row["cause"].is_null());
  }
  EXPECT_EQ(world.closed, (std::vector{Outcome::cancelled, Outcome::cancelled}));
  EXPECT_TRUE(notices().empty());
  EXPECT_FALSE(listener.next_event(std::chrono::milliseconds(0))) << "nothing failed";
}

TEST_F(DaemonTest, ATakeThatWasThrownAwayIsNotInsertedAgain) {
  start_daemon();
  world.cleaning.shut();
  call("start");
  call("finish");
  world.cleaning.await_somebody();
  call("start");
  call("finish");
  world.cleaning.await_somebody(2);
  call("cancel");
  world.cleaning.open();
  await_state("idle");
  EXPECT_EQ(call("insert-last")["text"], "w1 w2");
}

TEST_F(DaemonTest, RemembersTheLastHundredTakes) {
  world.microphone_missing = true;
  start_daemon();
  for (int take = 1; take <= 102; ++take) {
    call("start");
    await_state("idle");
  }
  const Json takes = call("history")["takes"];
  ASSERT_EQ(takes.size(), 100U);
  EXPECT_EQ(takes.front()["take"], 102);
  EXPECT_EQ(takes.back()["take"], 3);
}

TEST_F(DaemonTest, AKeyThatIsLetGoOfWhileTheMicrophoneOpensEndsItsTake) {
  setup.microphone = [&] {
    world.reading.pass();
    return microphone_of(world);
  };
  start_daemon();
  world.reading.shut();
  key("dictate", true);
  world.reading.await_somebody();
  key("dictate", false, std::chrono::seconds(2));
  await_state("finishing");
  world.reading.open();
  await_state("idle");
  EXPECT_EQ(call("history")["takes"][0]["outcome"], "delivered");
  EXPECT_EQ(inserted(), std::vector<std::string>{"w1 w2"});
  EXPECT_EQ(call("status")["degraded"], Json::array());
}

TEST_F(DaemonTest, ATakeThatIsCancelledWhileTheMicrophoneOpensIsGone) {
  setup.microphone = [&]() -> Result<std::unique_ptr<AudioSource>> {
    world.reading.pass();
    return fail(ErrorKind::unavailable, "there is no microphone");
  };
  start_daemon();
  world.reading.shut();
  key("dictate", true);
  world.reading.await_somebody();
  key("cancel", true);
  await_state("finishing");
  world.reading.open();
  await_state("idle");
  EXPECT_EQ(call("history")["takes"][0]["outcome"], "cancelled");
  EXPECT_TRUE(inserted().empty());
}

TEST_F(DaemonTest, SaysThatThereIsNoMicrophoneAsLongAsThereIsNone) {
  start_daemon();
  RpcClient listener = another();
  call(listener, "subscribe", R"({"events":["error"]})");
  world.microphone_missing = true;
  call("start");
  const auto event = listener.next_event(kLimit);
  ASSERT_TRUE(event);
  EXPECT_EQ(Json::parse(event->data), (Json{{"take", 1}, {"message", "there is no microphone"}}));
  const Json status = await_status([](const Json& now) { return now["state"] == "idle"; });
  EXPECT_EQ(status["degraded"], Json::array({"there is no microphone"}));
  {
    const std::lock_guard lock(world.mutex);
    EXPECT_EQ(world.closed, std::vector{Outcome::failed}) << "the journal has it, too";
    EXPECT_EQ(world.cause, "there is no microphone");
    EXPECT_FALSE(world.kept);
  }
  world.microphone_missing = false;
  await_status([](const Json& now) { return now["degraded"].empty(); });
  EXPECT_EQ(world.takes_begun, 1);
}

TEST_F(DaemonTest, WhoWantsTheEndOfATakeThatFailedAtOnceIsToldWhyOnce) {
  start_daemon();
  world.microphone_missing = true;
  const Json why = {{"error", "the last take failed: there is no microphone"}};
  for (const char* end : {R"(finish)", R"(toggle)"}) {
    call("start");
    await_state("idle");
    EXPECT_EQ(call(end), why) << end;
    EXPECT_EQ(call("finish")["error"], "nothing listens; 'diktate start' begins a take") << end;
  }
  call("start");
  await_state("idle");
  EXPECT_EQ(call("finish", R"({"wait":true})"), why);
}

TEST_F(DaemonTest, ATakeBeginsWhereTheMicrophoneThatTheLastOneLackedIsBack) {
  start_daemon();
  world.microphone_missing = true;
  call("start");
  await_state("idle");
  world.microphone_missing = false;
  await_status([](const Json& now) { return now["degraded"].empty(); });
  EXPECT_EQ(call("toggle")["state"], "listening");
  EXPECT_EQ(call("finish", R"({"wait":true})")["outcome"], "delivered");
  EXPECT_EQ(call("finish")["error"], "nothing listens; 'diktate start' begins a take");
}

TEST_F(DaemonTest, SaysThatTheMicrophoneWasLostUntilItIsThere) {
  setup.await_microphone = [&](std::stop_token) {
    world.reading.pass();
    return true;
  };
  start_daemon();
  world.reading.shut();
  world.microphone_dies = true;
  call("start");
  await_state("idle");
  EXPECT_EQ(call("status")["degraded"], Json::array({"the microphone is gone"}));
  world.reading.open();
  await_status([](const Json& now) { return now["degraded"].empty(); });
}

TEST_F(DaemonTest, SaysWhyNoMicrophoneIsOnBetweenTakes) {
  std::atomic<bool> is_on = false;
  setup.microphone_problem = [&] { return is_on ? "" : "there is no microphone"; };
  start_daemon();
  EXPECT_EQ(call("status")["degraded"], Json::array({"there is no microphone"}));
  is_on = true;
  EXPECT_EQ(call("status")["degraded"], Json::array());
}

TEST_F(DaemonTest, SaysThatTheMicrophoneGaveNoSoundUntilATakeShowsThatItDoes) {
  start_daemon();
  world.microphone_ends_with = ErrorKind::timeout;
  world.microphone_dies = true;
  call("start");
  await_state("idle");
  EXPECT_EQ(call("status")["degraded"], Json::array({"the microphone is gone"}));
  world.microphone_dies = false;
  call("start");
  EXPECT_EQ(call("status")["degraded"], Json::array({"the microphone is gone"}));
  EXPECT_EQ(call("finish", R"({"wait":true})")["outcome"], "delivered");
  EXPECT_EQ(call("status")["degraded"], Json::array());
}

TEST_F(DaemonTest, WaitsForTheMicrophoneOfTheSettingsAsTheyAre) {
  start_daemon();
  world.microphone_missing = true;
  call("start");
  await_state("idle");
  EXPECT_EQ(call("status")["degraded"], Json::array({"there is no microphone"}));
  {
    const std::lock_guard lock(world.mutex);
    setup.await_microphone = [](std::stop_token) { return true; };
  }
  send(SIGHUP);
  await_status([](const Json& now) { return now["degraded"].empty(); });
}

TEST_F(DaemonTest, DeliversWhatWasHeardWhenTheMicrophoneDies) {
  start_daemon();
  world.microphone_dies = true;
  call("start");
  await_state("idle");
  const Json report = call("history")["takes"][0];
  EXPECT_EQ(report["outcome"], "delivered_fallback");
  EXPECT_EQ(report["cause"], "the microphone is gone");
  EXPECT_EQ(inserted(), std::vector<std::string>{"w1 w2"});
}

TEST_F(DaemonTest, ATakeThatListensWhenTheMachineGoesToSleepEndsWithItsText) {
  world.microphone_goes_on = true;
  start_daemon();
  key("dictate", true);
  key("dictate", false);
  await([&] { return world.all_is_said.load(); });
  EXPECT_EQ(call("status")["state"], "listening");
  world.hours_asleep = 8;
  await_state("idle");
  const Json report = call("history")["takes"][0];
  EXPECT_EQ(report["outcome"], "delivered_fallback");
  EXPECT_EQ(report["cause"], "the machine went to sleep, and the take ended there");
  EXPECT_EQ(inserted(), std::vector<std::string>{"w1 w2"});
  EXPECT_EQ(notices(), std::vector<std::string>{
                           "Some words may be missing: the machine went to sleep, and the take ended there"});
  world.microphone_goes_on = false;
  key("dictate", true);
  key("dictate", false, std::chrono::seconds(1));
  await_state("idle");
  EXPECT_EQ(call("history")["takes"][0]["outcome"], "delivered") << "the key begins another take";
}

TEST_F(DaemonTest, TellsTheUserWhatHeWouldNotSee) {
  start_daemon();
  call("start");
  call("finish", R"({"wait":true})");
  EXPECT_EQ(notices(), std::vector<std::string>{}) << "all went well";
  world.doubts_arrival = true;
  call("start");
  call("finish", R"({"wait":true})");
  world.holds_text = true;
  call("start");
  call("finish", R"({"wait":true})");
  world.holds_text = false;
  world.microphone_dies = true;
  call("start");
  await_state("idle");
  world.microphone_missing = true;
  call("start");
  await_state("idle");
  EXPECT_EQ(notices(), (std::vector<std::string>{
                           "The text may not have arrived: another program read it",
                           "The text was not inserted: the window is another one",
                           "Some words may be missing: the microphone is gone; another program read it",
                           "The microphone failed: there is no microphone"}));
}

TEST_F(DaemonTest, PlaysTheSoundsThatAreWanted) {
  setup.start_sound = true;
  setup.stop_sound = true;
  start_daemon();
  call("start");
  call("finish", R"({"wait":true})");
  EXPECT_EQ(cues(), (std::vector{Cue::start, Cue::stop}));
  EXPECT_EQ(hushed(), 1) << "a sound of the take before would be heard";
  world.microphone_missing = true;
  call("start");
  await_state("idle");
  EXPECT_EQ(cues(), (std::vector{Cue::start, Cue::stop, Cue::error}));
}

TEST_F(DaemonTest, SwitchesTheMicrophoneOffWhereTheKeyGoesUpInAWord) {
  setup.stop_sound = true;
  setup.duck = true;
  world.word_goes_on = true;
  start_daemon();
  world.cleaning.shut();
  call("start");
  await([&] { return world.all_is_said.load(); });
  call("finish");
  world.word_goes_on = false;
  world.cleaning.await_somebody();
  EXPECT_EQ(world.microphones_off, 1);
  await([&] { return cues() == std::vector{Cue::stop}; });
  EXPECT_TRUE(ducked().ends_with("duck restore ")) << ducked();
  world.cleaning.open();
  await_state("idle");
  EXPECT_EQ(inserted().size(), 1U);
}

TEST_F(DaemonTest, PlaysNoSoundIntoAMicrophoneThatIsOn) {
  setup.stop_sound = true;
  world.holds_text = true;
  start_daemon();
  world.cleaning.shut();
  call("start");
  call("finish");
  world.cleaning.await_somebody();
  call("start");
  await_state("listening");
  const auto before = cues();
  world.cleaning.open();
  await([&] { return call("history")["takes"].size() == 1; });
  EXPECT_EQ(cues(), before) << "the text was held, but another take listens";
  call("finish", R"({"wait":true})");
}

TEST_F(DaemonTest, MakesOtherProgramsQuieterWhileATakeListens) {
  setup.duck = true;
  start_daemon();
  await([&] { return ducked() == "restore "; });  // what a daemon that was killed left
  call("start");
  EXPECT_EQ(ducked(), "restore duck ");
  world.cleaning.shut();
  call("finish");
  world.cleaning.await_somebody();
  await([&] { return ducked() == "restore duck restore "; });
  call("start");
  EXPECT_EQ(ducked(), "restore duck restore duck ");
  world.cleaning.open();
  await([&] { return call("history")["takes"].size() == 1; });
  EXPECT_EQ(ducked(), "restore duck restore duck ") << "one is over, but another listens";
  call("cancel");
  await_state("idle");
  EXPECT_EQ(ducked(), "restore duck restore duck restore ");
  world.microphone_missing = true;
  call("start");
  await_state("idle");
  EXPECT_EQ(ducked(), "restore duck restore duck restore duck restore ");
}

TEST_F(DaemonTest, LeavesOtherProgramsAsLoudAsTheyAreUnlessItIsAsked) {
  start_daemon();
  call("start");
  call("finish", R"({"wait":true})");
  EXPECT_EQ(ducked(), "restore ");
}

TEST_F(DaemonTest, SaysHowManyTakesWaitToBeRecoveredAndDoesNotWaitForTheDisk) {
  std::atomic<std::size_t> left = 2;
  setup.unfinished = [&] {
    world.reading.pass();
    return left.load();
  };
  world.reading.shut();
  start_daemon();
  world.reading.await_somebody();
  const Json loaded = await_status([](const Json& status) { return status["models"] == "loaded"; });
  EXPECT_EQ(loaded["notes"], Json::array());
  EXPECT_EQ(notices(), std::vector<std::string>{});
  world.reading.open();
  await([&] { return !notices().empty(); });
  EXPECT_EQ(notices(),
            std::vector<std::string>{
                "Words wait to be recovered: takes that are unfinished: 2 ('diktate recover' has them)"});
  EXPECT_EQ(call("status")["notes"],
            Json::array({"takes that are unfinished: 2 ('diktate recover' has them)"}));
  left = 0;
  await_status([](const Json& status) { return status["notes"] == Json::array(); });
  stop();
}

TEST_F(DaemonTest, CountsTheTakesThatWaitToBeRecoveredWhenOneIsOver) {
  std::atomic<int> counts = 0;
  setup.unfinished = [&] { return static_cast<std::size_t>(counts++); };
  start_daemon();
  await([&] { return counts == 1; });
  call("start");
  call("finish", R"({"wait":true})");
  await([&] { return counts == 2; });
  stop();
}

TEST_F(DaemonTest, TellsTheUserAtItsStartWhatDoesNotWork) {
  setup.desktop = [&](Desktop& /*had*/) {
    return Desktop{std::make_unique<fakes::WorldInserter>(world), nullptr, {"no hotkeys: no display"}};
  };
  std::vector<std::string> warned;
  options.warn = [&](const std::string& line) {
    const std::lock_guard lock(world.mutex);
    warned.push_back(line);
  };
  start_daemon();
  await([&] { return !notices().empty(); });
  {
    const std::lock_guard lock(world.mutex);
    EXPECT_EQ(warned, std::vector<std::string>{"no hotkeys: no display"});
  }
  EXPECT_EQ(notices(), std::vector<std::string>{"Not all of dictation works here: no hotkeys: no display"});
}

TEST_F(DaemonTest, FinishesTheTakeBeforeItEnds) {
  start_daemon();
  call("start");
  await_state("listening");
  await([&] { return world.takes_begun == 1; });
  stop();
  EXPECT_EQ(inserted(), std::vector<std::string>{"w1 w2"});
}

TEST_F(DaemonTest, ReadsItsConfigurationAgainWithoutDroppingATake) {
  start_daemon();
  call("start");
  {
    const std::lock_guard lock(world.mutex);
    setup.shown = R"({"profile":"other"})";
  }
  send(SIGHUP);
  await([&] { return call("config")["profile"] == "other"; });
  EXPECT_EQ(world.desktops, 1) << "keys and windows stay as they are during a take";
  EXPECT_EQ(call("finish", R"({"wait":true})")["outcome"], "delivered");
  await([&] { return world.desktops == 2; });
}

TEST_F(DaemonTest, KeepsItsSettingsWhenTheNewOnesAreWrong) {
  start_daemon();
  {
    const std::lock_guard lock(world.mutex);
    setup_error = "config.toml, line 3: no";
  }
  send(SIGHUP);
  const Json status = await_status([](const Json& now) { return !now["degraded"].empty(); });
  EXPECT_EQ(status["degraded"], Json::array({"config.toml, line 3: no"}));
  EXPECT_EQ(call("config")["profile"], "standard");
}

TEST_F(DaemonTest, UnloadsItsModelsWhenIdleAndLoadsThemForTheNextTake) {
  setup.unload_after = std::chrono::milliseconds(1);
  start_daemon();
  await_status([](const Json& now) { return now["models"] == "unloaded"; });
  EXPECT_EQ(world.engines, 1);
  call("start");
  EXPECT_EQ(call("finish", R"({"wait":true})")["clean_text"], "w1 w2");
  EXPECT_EQ(world.engines, 2);
}

TEST_F(DaemonTest, LoadsTheModelOfAnotherEngineAtOnce) {
  start_daemon();
  await_status([](const Json& now) { return now["models"] == "loaded"; });
  {
    const std::lock_guard lock(world.mutex);
    setup.engine_name = "other";
  }
  send(SIGHUP);
  await([&] { return world.engines == 2; });
  await_status([](const Json& now) { return now["models"] == "loaded"; });
}

TEST_F(DaemonTest, LoadsTheModelOfAnotherEngineAfterTheTakeThatUsesTheOneBefore) {
  start_daemon();
  await_status([](const Json& now) { return now["models"] == "loaded"; });
  call("start");
  await([&] { return world.all_is_said.load(); });
  {
    const std::lock_guard lock(world.mutex);
    setup.engine_name = "other";
    setup.shown = R"({"profile":"other"})";
  }
  send(SIGHUP);
  await([&] { return call("config")["profile"] == "other"; });
  EXPECT_EQ(world.engines, 1);
  EXPECT_EQ(call("finish", R"({"wait":true})")["clean_text"], "w1 w2");
  await([&] { return world.engines == 2; });
  await_status([](const Json& now) { return now["models"] == "loaded"; });
}

TEST_F(DaemonTest, InsertsTheLastTextAgain) {
  start_daemon();
  EXPECT_EQ(call("insert-last")["error"], "nothing was dictated yet");
  call("start");
  call("finish", R"({"wait":true})");
  const Json again = call("insert-last");
  EXPECT_EQ(again["take"], 1);
  EXPECT_EQ(again["receipt"], "target");
  EXPECT_EQ(inserted(), (std::vector<std::string>{"w1 w2", "w1 w2"}));
}

// As a key of the desktop that repeats asks.
TEST_F(DaemonTest, InsertsTheLastTextAgainOnceAtATime) {
  start_daemon();
  call("start");
  call("finish", R"({"wait":true})");
  call("start");  // its text comes first
  std::atomic<int> refused = 0;
  std::vector<std::thread> askers;
  for (int i = 0; i < 5; ++i) {
    askers.emplace_back([&] {
      RpcClient asker = another();
      const Json answer = call(asker, "insert-last");
      if (answer.value("error", "") == "a text is being inserted already") ++refused;
    });
  }
  await([&] { return refused == 4; });
  call("finish", R"({"wait":true})");
  for (std::thread& asker : askers) asker.join();
  EXPECT_EQ(inserted(), (std::vector<std::string>{"w1 w2", "w1 w2 w3", "w1 w2"}));
}

TEST_F(DaemonTest, SaysThatAKeyBeginsNoTake) {
  start_daemon();
  world.cleaning.shut();
  for (int take = 0; take < 4; ++take) {
    call("start");
    call("finish");
  }
  world.cleaning.await_somebody(4);
  key("dictate", true);
  await([&] { return !notices().empty(); });
  EXPECT_EQ(notices(),
            std::vector<std::string>{"No take began: too many takes are still finishing (4); wait a moment"});
  EXPECT_EQ(cues(), std::vector{Cue::error});
  key("dictate", false);
}

TEST_F(DaemonTest, TheHistoryFitsIntoAnAnswer) {
  world.heard = std::string(30'000, 'w');
  start_daemon();
  for (int take = 0; take < 12; ++take) {
    call("start");
    call("finish", R"({"wait":true})");
  }
  const Json takes = call("history")["takes"];
  ASSERT_TRUE(takes.is_array());
  EXPECT_EQ(takes.front()["take"], 12);
  EXPECT_GT(takes.size(), 1U);
  EXPECT_LT(takes.size(), 12U);
}

TEST_F(DaemonTest, InsertsTheLastTextAgainByAKeyAndOnceThatIsUp) {
  start_daemon();
  key("last", true);
  key("last", false);
  await([&] { return !notices().empty(); });
  EXPECT_EQ(notices(), std::vector<std::string>{"Nothing was dictated yet: "});
  call("start");
  call("finish", R"({"wait":true})");
  key("last", true);  // the inserter complains if it is called while a key is down
  key("last", false);
  await([&] { return inserted().size() == 2; });
  EXPECT_EQ(inserted(), (std::vector<std::string>{"w1 w2", "w1 w2"}));
}

TEST_F(DaemonTest, ATakeIsOfTheProfileThatIsNamedByACommandOrAKey) {
  start_daemon();
  EXPECT_EQ(call("start", R"({"profile":"nix"})")["error"],
            "there is no profile 'nix'; there are standard, translate");
  EXPECT_EQ(call("start", R"({"profile":1})")["error"], "profile is a name");
  EXPECT_EQ(call("status")["state"], "idle");
  call("start", R"({"profile":"translate"})");
  EXPECT_EQ(call("finish", R"({"wait":true})")["profile"], "translate");
  EXPECT_EQ(kept_profile(), "translate");
  call("toggle");
  EXPECT_EQ(call("finish", R"({"wait":true})")["profile"], "standard");
  key("dictate-translate", true);
  key("dictate-translate", false, std::chrono::seconds(1));
  await_state("idle");
  EXPECT_EQ(call("history")["takes"][0]["profile"], "translate");
  EXPECT_EQ(kept_profile(), "translate");
  EXPECT_EQ(cleaned_with(), "translate standard translate ");
}

TEST_F(DaemonTest, TheKeyOfAProfileThatTheSettingsLostEndsItsTakeAndBeginsNoOther) {
  start_daemon();
  key("dictate-translate", true);
  await_state("listening");
  {
    const std::lock_guard lock(world.mutex);
    setup.profiles.pop_back();
    setup.shown = R"({"profile":"fewer"})";
  }
  send(SIGHUP);
  await([&] { return call("config")["profile"] == "fewer"; });
  key("dictate-translate", false, std::chrono::seconds(1));
  await_state("idle");
  EXPECT_EQ(call("history")["takes"][0]["outcome"], "delivered");
  EXPECT_EQ(cleaned_with(), "translate ");
  key("dictate-translate", true);
  key("dictate-translate", false, std::chrono::seconds(1));
  EXPECT_EQ(call("history")["takes"].size(), 1U);
  call("start");
  EXPECT_EQ(call("toggle", R"({"profile":"translate"})")["take"], 2) << "it ends what listens";
  await_state("idle");
}

TEST_F(DaemonTest, TellsTheInsertionFromTheWaitBeforeIt) {
  start_daemon();
  call("start");
  call("finish", R"({"wait":true})");
  const std::lock_guard lock(world.mutex);
  const auto called = [&](SpanName name) {
    return std::find_if(world.spans.begin(), world.spans.end(),
                        [&](const Span& span) { return span.name == name; });
  };
  const auto insert = called(SpanName::insert);
  const auto deliver = called(SpanName::deliver);
  ASSERT_NE(insert, world.spans.end());
  EXPECT_EQ(insert->parent, static_cast<std::size_t>(deliver - world.spans.begin()));
  EXPECT_EQ(insert->thread, deliver->thread);
  EXPECT_GE(insert->start, deliver->start);
  EXPECT_LE(insert->end, deliver->end);
}

TEST_F(DaemonTest, SwapsTheVersionsOfTheLastText) {
  world.heard = "so two words";
  world.cleaned = "Two words.";
  start_daemon();
  EXPECT_EQ(call("swap")["error"], "nothing was dictated yet");
  call("start");
  call("finish", R"({"wait":true})");
  EXPECT_EQ(call("swap")["text"], "so two words");
  world.holds_text = true;
  EXPECT_EQ(call("swap")["held"], true);
  EXPECT_EQ(notices(), std::vector<std::string>{"The text was not inserted: something was typed since"});
  world.holds_text = false;
  EXPECT_EQ(call("swap")["text"], "Two words.");
  call("swap");
  call("insert-last");
  call("swap");
  EXPECT_EQ(inserted(), (std::vector<std::string>{"Two words.", "Two words. -> so two words",
                                                  "so two words -> Two words.", "Two words. -> so two words",
                                                  "Two words.", "Two words. -> so two words"}));
}

TEST_F(DaemonTest, SwapsInABetterTextThatCameLateAndTellsOfItQuietly) {
  world.heard = "so two words";
  world.cleaned = "So two words.";
  start_daemon();
  call("start");
  call("finish", R"({"wait":true})");
  EXPECT_TRUE(call("history")["takes"][0]["late_text"].is_null());
  come_late("Two words.");
  await([&] { return !notices().empty(); });
  EXPECT_EQ(notices(),
            std::vector<std::string>{"A better text came late: 'diktate swap', or its key, puts it "
                                     "in the place of the one inserted"});
  EXPECT_TRUE(cues().empty());
  EXPECT_EQ(call("history")["takes"][0]["late_text"], "Two words.");
  key("swap", true);
  key("swap", false);
  await([&] { return inserted().size() == 2; });
  await([&] { return call("swap")["text"] == "So two words."; });
  EXPECT_EQ(call("swap")["text"], "Two words.");
  EXPECT_EQ(inserted(),
            (std::vector<std::string>{"So two words.", "So two words. -> Two words.",
                                      "Two words. -> So two words.", "So two words. -> Two words."}));
}

TEST_F(DaemonTest, ALateTextComesInThePlaceOfTheRecognisedOneToo) {
  world.heard = "so two words";
  world.cleaned = "So two words.";
  start_daemon();
  call("start");
  call("finish", R"({"wait":true})");
  call("swap");
  come_late("Two words.");
  await([&] { return !notices().empty(); });
  EXPECT_EQ(call("swap")["text"], "Two words.");
  EXPECT_EQ(inserted().back(), "so two words -> Two words.");
}

TEST_F(DaemonTest, ALateAnswerIsTheTextOfATakeThatHadNone) {
  start_daemon();
  call("start");
  call("finish", R"({"wait":true})");
  world.makes_nothing = true;
  call("start");
  EXPECT_EQ(call("finish", R"({"wait":true})")["outcome"], "failed");
  const std::size_t told = notices().size();
  come_late("The Nile.");
  await([&] { return notices().size() > told; });
  EXPECT_EQ(notices().back(), "An answer came late: 'diktate last', or its key, inserts it");
  EXPECT_EQ(call("history")["takes"][0]["clean_text"], "The Nile.");
  call("insert-last");
  EXPECT_EQ(inserted(), (std::vector<std::string>{"w1 w2", "The Nile."}));
}

TEST_F(DaemonTest, ALateTextThatCameBeforeItsTakeWasOverIsKept) {
  world.late_at_once = "Better.";
  start_daemon();
  call("start");
  call("finish", R"({"wait":true})");
  EXPECT_EQ(call("swap")["text"], "Better.");
}

TEST_F(DaemonTest, TheLateTextOfAnEarlierTakeIsKeptWithItAndDisturbsNobody) {
  start_daemon();
  call("start");
  call("finish", R"({"wait":true})");
  const auto earlier = on_late();
  call("start");
  call("finish", R"({"wait":true})");
  earlier({"Better.", "model"});
  await([&] { return call("history")["takes"][1]["late_text"] == "Better."; });
  EXPECT_TRUE(notices().empty());
  EXPECT_EQ(call("swap")["error"], "the last text has one version only");
}

TEST_F(DaemonTest, NothingIsLateThatIsTheSameOrOfATakeThatWasThrownAway) {
  world.late_at_once = "w1 w2";
  start_daemon();
  call("start");
  call("finish", R"({"wait":true})");
  EXPECT_EQ(call("swap")["error"], "the last text has one version only");
  world.late_at_once = "Better.";
  world.waits_for_cancel = true;
  call("start");
  call("finish");
  await_state("finishing");
  await([&] { return cleaned_with() == "standard standard "; });
  call("cancel");
  await_state("idle");
  EXPECT_EQ(call("history")["takes"][0]["outcome"], "cancelled");
  EXPECT_TRUE(call("history")["takes"][0]["late_text"].is_null());
  EXPECT_TRUE(notices().empty());
}

TEST_F(DaemonTest, TheKeyThatSwapsSaysThatThereIsNothing) {
  start_daemon();
  key("swap", true);
  key("swap", false);
  await([&] { return !notices().empty(); });
  EXPECT_EQ(notices(), std::vector<std::string>{"No text was swapped: nothing was dictated yet"});
}

TEST_F(DaemonTest, SaysThatATextHasNoOtherVersion) {
  start_daemon();
  call("start");
  call("finish", R"({"wait":true})");
  EXPECT_EQ(call("swap")["error"], "the last text has one version only");
}

TEST_F(DaemonTest, UsesTheDisplayAgainWhenItIsBack) {
  start_daemon();
  world.keys_lost = true;
  wake_keys();
  await_status([](const Json& now) { return now["degraded"] == Json::array({"the display is gone"}); });
  await_status([](const Json& now) { return now["degraded"].empty() && now["hotkeys"] == "fake"; });
  EXPECT_EQ(world.desktops, 2);
}

TEST_F(DaemonTest, SaysWhetherTheDesktopGivesTheKeysThatItIsAskedFor) {
  world.key_state = {.listening = false};
  start_daemon();
  const Json asked = call("status");
  EXPECT_TRUE(asked["hotkeys"].is_null());
  EXPECT_TRUE(asked["degraded"].empty()) << "it may still be";
  const auto become = [&](HotkeyState state) {
    const std::lock_guard lock(world.mutex);
    world.key_state = std::move(state);
  };
  become({false, "refused", {}});
  EXPECT_EQ(call("status")["degraded"], Json::array({"no hotkeys: refused"}));
  become({true, {}, "Meta+F9"});
  const Json given = call("status");
  EXPECT_EQ(given["hotkeys"], "fake");
  EXPECT_EQ(given["hotkey"], "Meta+F9");
  EXPECT_EQ(world.desktops, 1);
}

TEST_F(DaemonTest, BearsStartAndFinishMashed) {
  start_daemon();
  int begun = 0;
  for (int i = 0; i < 100; ++i) {
    if (call("start").contains("take")) ++begun;
    call("finish");
  }
  await_state("idle");
  EXPECT_GT(begun, 0);
  EXPECT_EQ(world.takes_begun, begun);
  EXPECT_EQ(call("history")["takes"].size(), static_cast<std::size_t>(begun));
}

TEST_F(DaemonTest, GivesStoredTakesAndDoesNotWaitForTheDisk) {
  world.stored = {R"({"id":3})", R"({"id":2})", R"({"id":1})"};
  start_daemon();
  world.reading.shut();
  std::thread reader([&] {
    auto with = another();
    const Json takes = call(with, "history", R"({"limit":2,"stored":true})")["takes"];
    EXPECT_EQ(takes, Json::parse(R"([{"id":3},{"id":2}])"));
  });
  world.reading.await_somebody();
  EXPECT_EQ(call("status")["state"], "idle");
  EXPECT_EQ(call("history")["takes"], Json::array()) << "of this run there is none";
  world.reading.open();
  reader.join();
  EXPECT_EQ(call("history", R"({"stored":true})")["takes"].size(), 3U);
  EXPECT_EQ(call("history", R"({"stored":false})")["takes"].size(), 0U);
}

TEST_F(DaemonTest, StoredTakesFitIntoAnAnswer) {
  const std::string row = "\"" + std::string(150'000, 'a') + "\"";
  world.stored = {row, row, row, row, row};
  start_daemon();
  EXPECT_EQ(call("history", R"({"stored":true})")["takes"].size(), 3U);
  world.stored = std::vector<std::string>(200, "{}");
  EXPECT_EQ(call("history", R"({"stored":true})")["takes"].size(), 100U);
}

TEST_F(DaemonTest, AStoredTakeThatIsTooLongForAnAnswerComesWithoutItsTimeline) {
  const Json spans = std::vector<std::string>(100, std::string(20'000, 's'));
  const Json longest = {{"id", 2}, {"clean_text", "w1 w2"}, {"spans", spans}};
  world.stored = {longest.dump(), R"({"id":1,"spans":["work"]})"};
  start_daemon();
  EXPECT_EQ(call("history", R"({"stored":true})")["takes"],
            Json::parse(R"([{"id":2,"clean_text":"w1 w2","spans":[]},{"id":1,"spans":["work"]}])"));
}

TEST_F(DaemonTest, SaysWhyThereAreNoStoredTakes) {
  start_daemon();
  world.disk_full = true;
  EXPECT_EQ(call("history", R"({"stored":true})")["error"], "the history cannot be read");
  EXPECT_EQ(call("history", R"({"stored":1})")["error"], "stored is true or false");
  world.reading.shut();
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i)
    readers.emplace_back([&] {
      auto with = another();
      EXPECT_EQ(call(with, "history", R"({"stored":true})")["error"], "the history cannot be read");
    });
  world.reading.await_somebody(4);
  EXPECT_EQ(call("history", R"({"stored":true})")["error"],
            "the history is being read for others: ask again");
  world.reading.open();
  for (auto& reader : readers) reader.join();
}

TEST_F(DaemonTest, ACountThatWaitsForTheDiskTakesNoReadersPlace) {
  setup.unfinished = [&] {
    world.reading.pass();
    return std::size_t{0};
  };
  world.stored = {R"({"id":1})"};
  world.reading.shut();
  start_daemon();
  world.reading.await_somebody();
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i)
    readers.emplace_back([&] {
      auto with = another();
      EXPECT_EQ(call(with, "history", R"({"stored":true})")["takes"], Json::parse(R"([{"id":1}])"));
    });
  world.reading.await_somebody(5);
  world.reading.open();
  for (auto& reader : readers) reader.join();
}

TEST_F(DaemonTest, WithoutAJournalNoTakeIsStored) {
  setup.stored = {};
  start_daemon();
  EXPECT_EQ(call("history", R"({"stored":true})")["error"], "no take is stored");
}

TEST_F(DaemonTest, RefusesWhatItDoesNotKnow) {
  start_daemon();
  EXPECT_EQ(call("frobnicate")["error"], "there is no such method; docs/rpc.md lists them");
  EXPECT_EQ(call("start", R"({"loud":true})")["error"], "start has no such parameter");
  EXPECT_EQ(call("finish", R"({"wait":1})")["error"], "wait is true or false");
  EXPECT_EQ(call("history", R"({"limit":-1})")["error"], "limit is a whole number from 0");
  EXPECT_EQ(call("subscribe", R"({"events":["all"]})")["error"],
            "events are state, level, piece, final, late and error");
  EXPECT_TRUE(call("cancel").contains("error"));
  EXPECT_EQ(call("status")["state"], "idle");
}

}  // namespace
}  // namespace diktate
