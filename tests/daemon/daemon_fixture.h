// A daemon on a thread of its own: real socket, real takes, and fakes for microphone, engine, keys and
// windows.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "daemon/daemon.h"
#include "fakes/fake_detector.h"
#include "fakes/fake_engine.h"
#include "rpc/client.h"

namespace diktate::fakes {

using Json = nlohmann::ordered_json;

// A door that tests open and shut.
class Door {
 public:
  void shut() { set(false); }
  void open() { set(true); }
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return open_; });
    --waiting_;
  }
  void await_somebody(int at_least = 1) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= at_least; });
  }

 private:
  void set(bool open) {
    const std::lock_guard lock(mutex_);
    open_ = open;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = true;
  int waiting_ = 0;
};

// What the backends of one test share and remember.
struct World {
  std::mutex mutex;
  std::vector<std::string> inserted;
  std::vector<std::string> pressed;  // after them; and what else was allowed in a terminal
  std::vector<HotkeyEvent> keys;
  UniqueFd key_ready{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  std::atomic<bool> key_down = false;
  std::atomic<bool> keys_lost = false;
  HotkeyState key_state = {};  // under the mutex
  std::atomic<int> desktops = 0;
  std::atomic<int> engines = 0;
  std::atomic<bool> microphone_missing = false;
  std::atomic<bool> microphone_dies = false;
  std::atomic<ErrorKind> microphone_ends_with = ErrorKind::unavailable;
  std::atomic<bool> microphone_goes_on = false;  // with silence, until it is told to finish
  std::atomic<bool> word_goes_on = false;        // one more, after all that is said
  std::atomic<bool> all_is_said = false;
  std::atomic<int> microphones_off = 0;
  std::atomic<std::int64_t> hours_asleep = 0;
  std::atomic<int> takes_begun = 0;
  Door loading;
  Door cleaning;
  Door reading;
  Door closing;  // of the take that is put away first
  std::atomic<int> closings = 0;
  std::vector<std::string> stored;  // takes of the disk, the newest first
  std::atomic<bool> kept = false;
  std::string kept_profile;     // under the mutex, as cleaned_with
  std::string cleaned_with;     // the profiles of the takes, in order
  std::vector<Outcome> closed;  // takes, for the journal
  std::string cause;            // of the last of them
  std::vector<Span> spans;      // of the last of them
  std::atomic<bool> disk_full = false;
  std::atomic<bool> holds_text = false;
  std::atomic<bool> doubts_arrival = false;
  std::atomic<bool> waits_for_cancel = false;  // the inserter, which then fails, or holds the text
  Door inserting;
  std::atomic<int> asked_for_keys = 0;  // how often the inserter was about to press some
  std::atomic<bool> locked = false;
  std::atomic<bool> mixes_with_held_keys = false;
  Instant inserted_at;  // the last text
  std::vector<Notice> notices;
  std::vector<Cue> cues;
  int hushed = 0;      // how often the cues were
  std::string ducked;  // "duck ", "restore "
  // Where they are not empty: what the engine hears in anything, and what the processor makes of that.
  std::string heard;
  std::string cleaned;
  // What comes late for a take: told by the test when it likes, or before the answer.
  std::function<void(LateText late)> on_late;  // of the last take; under the mutex
  bool makes_nothing = false;                  // of the words: no model answers
  std::string late_at_once;
  std::vector<std::string> keys_said;
};

class WorldTarget final : public TextTarget {
 public:
  std::string name() const override { return "editor"; }
};

class WorldInserter final : public TextInserter {
 public:
  explicit WorldInserter(World& world) : world_(world) {}
  std::unique_ptr<TextTarget> remember() override { return std::make_unique<WorldTarget>(); }
  Result<Insertion> insert(TextTarget&, const InsertRequest& request, std::stop_token cancel) override {
    EXPECT_FALSE(world_.key_down) << "inserted while a key was down";
    world_.inserting.pass();
    if (request.own_keys_rise) {
      ++world_.asked_for_keys;
      (void)request.own_keys_rise();
      EXPECT_TRUE(!world_.key_down || cancel.stop_requested()) << "keys were pressed while a key was down";
    }
    while (world_.waits_for_cancel && !cancel.stop_requested())
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    if (world_.waits_for_cancel && !world_.holds_text) return fail(ErrorKind::cancelled, "cancelled");
    const std::lock_guard lock(world_.mutex);
    if (world_.holds_text) return Insertion{"none", Receipt::none, true, "the window is another one"};
    world_.inserted.emplace_back(request.text);
    world_.pressed.assign(request.keys.begin(), request.keys.end());
    if (request.terminal_lines) world_.pressed.emplace_back("lines");
    if (request.terminal_enter) world_.pressed.emplace_back("enter");
    world_.inserted_at = SteadyClock().now();
    if (world_.doubts_arrival)
      return Insertion{"paste Ctrl+V", Receipt::someone, false, "another program read it", true};
    return Insertion{"paste Ctrl+V", Receipt::target};
  }
  Result<Insertion> replace(TextTarget&, std::string_view old, const InsertRequest& request,
                            std::stop_token) override {
    const std::lock_guard lock(world_.mutex);
    if (world_.holds_text) return Insertion{"clipboard", Receipt::none, true, "something was typed since"};
    world_.inserted.push_back(std::string(old) + " -> " + std::string(request.text));
    return Insertion{"paste Ctrl+V", Receipt::target};
  }
  bool mixes_with_held_keys() const override { return world_.mixes_with_held_keys; }
  std::string name() const override { return "fake"; }

 private:
  World& world_;
};

class WorldKeys final : public Hotkeys {
 public:
  explicit WorldKeys(World& world) : world_(world) {}
  int descriptor() const override { return world_.key_ready.get(); }
  Result<std::vector<HotkeyEvent>> events() override {
    std::uint64_t count = 0;
    static_cast<void>(!::read(world_.key_ready.get(), &count, sizeof count));
    if (world_.keys_lost.exchange(false)) return fail(ErrorKind::unavailable, "the display is gone");
    const std::lock_guard lock(world_.mutex);
    return std::exchange(world_.keys, {});
  }
  Result<void> listen_for_cancel(bool) override { return {}; }
  bool any_down() const override { return world_.key_down; }
  HotkeyState state() const override {
    const std::lock_guard lock(world_.mutex);
    return world_.key_state;
  }
  std::string name() const override { return "fake"; }

 private:
  World& world_;
};

// The words as they are, once the door lets them through.
class WorldProcessor final : public TextProcessor {
 public:
  WorldProcessor(World& world, std::string profile) : world_(world), profile_(std::move(profile)) {}
  Result<void> prepare() override { return {}; }
  Result<ProcessedText> process(const TextRequest& request, std::stop_token) override {
    world_.cleaning.pass();
    {
      const std::lock_guard lock(world_.mutex);
      world_.cleaned_with += profile_ + " ";
      world_.on_late = request.on_late;
    }
    if (!world_.late_at_once.empty()) request.on_late({world_.late_at_once, "model"});
    if (world_.makes_nothing) return ProcessedText{.text = "", .notes = {"the model is down"}};
    return ProcessedText{world_.cleaned.empty() ? std::string(request.text) : world_.cleaned,
                         world_.keys_said};
  }
  std::string name() const override { return "fake"; }

 private:
  World& world_;
  const std::string profile_;
};

class WorldEngine final : public SpeechEngine {
 public:
  explicit WorldEngine(World& world) : world_(world) { ++world.engines; }
  Result<void> prepare() override {
    world_.loading.pass();
    return {};
  }
  Result<Transcript> transcribe(std::span<const float> samples, const DecodeOptions&,
                                std::stop_token) override {
    Transcript transcript = engine_.listen(samples);
    if (!world_.heard.empty()) transcript.text = world_.heard;
    return transcript;
  }
  std::string text_of(std::span<const int> tokens) const override { return engine_.text_of(tokens); }
  std::string name() const override { return "fake"; }

 private:
  World& world_;
  FakeEngine engine_;
};

// Keeps nothing, but is there.
class WorldRecord final : public TakeRecord {
 public:
  explicit WorldRecord(World& world) : world_(world) {}
  void samples(std::span<const float>) override { world_.kept = true; }
  void transcript(std::string_view) override {}
  void clean_text(std::string_view) override {}
  std::vector<std::string> warnings() const override { return {}; }

 private:
  World& world_;
};

class WorldKeeper final : public TakeKeeper {
 public:
  explicit WorldKeeper(World& world) : world_(world), record_(world) {}
  TakeRecord& record() override { return record_; }
  Result<void> close(const TakeReport& report) override {
    if (++world_.closings == 1) world_.closing.pass();
    const std::lock_guard lock(world_.mutex);
    world_.closed.push_back(report.result.outcome);
    world_.cause = report.result.cause;
    world_.spans = report.result.spans;
    if (world_.disk_full) return fail(ErrorKind::failed, "the history is full");
    return {};
  }

 private:
  World& world_;
  WorldRecord record_;
};

class WorldNotifier final : public Notifier {
 public:
  explicit WorldNotifier(World& world) : world_(world) {}
  void show(const Notice& notice) override {
    const std::lock_guard lock(world_.mutex);
    world_.notices.push_back(notice);
  }
  std::string problem() const override { return {}; }

 private:
  World& world_;
};

class WorldCues final : public CuePlayer {
 public:
  explicit WorldCues(World& world) : world_(world) {}
  void play(Cue cue) override {
    const std::lock_guard lock(world_.mutex);
    world_.cues.push_back(cue);
  }
  void hush() override {
    const std::lock_guard lock(world_.mutex);
    ++world_.hushed;
  }
  bool sounded_at(Instant) const override { return false; }

 private:
  World& world_;
};

// What it was told, but for what changes nothing.
class WorldDucker final : public Ducker {
 public:
  explicit WorldDucker(World& world) : world_(world) {}
  void duck() override { note("duck "); }
  void restore() override { note("restore "); }

 private:
  void note(const std::string& told) {
    const std::lock_guard lock(world_.mutex);
    if (!world_.ducked.ends_with(told)) world_.ducked += told;
  }
  World& world_;
};

// Everything was said before key up, and nothing after it.
class WorldSource final : public AudioSource {
 public:
  WorldSource(Samples samples, World& world) : samples_(std::move(samples)), world_(world) {}

  Result<std::size_t> read(std::span<float> out, std::stop_token finish) override {
    const std::size_t count = std::min(out.size(), samples_.size() - at_);
    std::copy_n(samples_.begin() + static_cast<std::ptrdiff_t>(at_), count, out.begin());
    at_ += count;
    if (count == out.size()) return count;
    if (world_.microphone_dies) return fail(world_.microphone_ends_with, "the microphone is gone");
    world_.all_is_said = true;
    if (goes_on_ && !finish.stop_requested()) return go_on(out);
    if (world_.microphone_goes_on && !finish.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      std::fill(out.begin() + static_cast<std::ptrdiff_t>(count), out.end(), 0.0F);
      return out.size();
    }
    while (!finish.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    captured_ = SteadyClock().now();
    return count;
  }

  void stop() override { ++world_.microphones_off; }
  Instant captured_until() const override { return captured_; }

 private:
  // A word that is being said when the key goes up is read to its end.
  std::size_t go_on(std::span<float> out) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::fill(out.begin(), out.end(), world_.word_goes_on ? 0.5F : 0.0F);
    captured_ = SteadyClock().now();
    return out.size();
  }

  const Samples samples_;
  World& world_;
  const bool goes_on_ = world_.word_goes_on;
  std::size_t at_ = 0;
  Instant captured_ = SteadyClock().now();
};

// Take N says the words 1 to N + 1.
inline Result<std::unique_ptr<AudioSource>> microphone_of(World& world) {
  const int take = ++world.takes_begun;
  if (world.microphone_missing) return fail(ErrorKind::unavailable, "there is no microphone");
  Samples audio;
  pause(audio, 0.4);
  for (int word = 1; word <= take + 1; ++word) {
    say(audio, word, 0.5);
    pause(audio, 0.4);
  }
  return std::make_unique<WorldSource>(std::move(audio), world);
}

inline DaemonSetup setup_of(World& world) {
  DaemonSetup setup;
  setup.shown = R"({"profile":"standard"})";
  setup.engine_name = "fake";
  setup.engine = [&]() -> Result<std::unique_ptr<SpeechEngine>> {
    return std::make_unique<WorldEngine>(world);
  };
  setup.detector = [] { return std::make_unique<FakeDetector>(); };
  for (const std::string name : {"standard", "translate"}) {
    setup.profiles.push_back({name, [&world, name]() -> Result<std::unique_ptr<TextProcessor>> {
                                return std::make_unique<WorldProcessor>(world, name);
                              }});
  }
  setup.microphone = [&] { return microphone_of(world); };
  setup.keeper = [&](const std::string& profile) {
    {
      const std::lock_guard lock(world.mutex);
      world.kept_profile = profile;
    }
    return std::make_unique<WorldKeeper>(world);
  };
  setup.await_microphone = [&](std::stop_token stop) {
    while (world.microphone_missing && !stop.stop_requested())
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return !stop.stop_requested();
  };
  setup.time_asleep = [&] { return Nanoseconds(std::chrono::hours(world.hours_asleep)); };
  setup.stored = [&](std::size_t limit) -> Result<std::vector<std::string>> {
    world.reading.pass();
    if (world.disk_full) return fail(ErrorKind::failed, "the history cannot be read");
    const std::lock_guard lock(world.mutex);
    return std::vector(world.stored.begin(), world.stored.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                        limit, world.stored.size())));
  };
  setup.locked = [&] { return world.locked.load(); };
  setup.desktop = [&](Desktop& /*had*/) {
    ++world.desktops;
    return Desktop{std::make_unique<WorldInserter>(world), std::make_unique<WorldKeys>(world)};
  };
  return setup;
}

class DaemonTest : public testing::Test {
 protected:
  void SetUp() override {
    setup.notifier = &notifier;
    setup.cues = &cue_player;
    setup.ducker = &ducker;
    std::string name = std::filesystem::temp_directory_path() / "diktate-daemon-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    options.socket = folder_ / "diktate" / "rpc.sock";
    options.version = "0.0.0";
    options.read_setup = [this]() -> Result<DaemonSetup> {
      const std::lock_guard lock(world.mutex);
      if (!setup_error.empty()) return fail(ErrorKind::invalid, setup_error);
      return setup;
    };
  }

  void TearDown() override {
    world.loading.open();
    world.cleaning.open();
    world.reading.open();
    world.closing.open();
    world.inserting.open();
    if (thread_.joinable()) stop();
    EXPECT_FALSE(std::filesystem::exists(options.socket));
    std::filesystem::remove_all(folder_);
  }

  void start_daemon() {
    thread_ = std::thread([this] {
      const auto done = run_daemon(options, signals_, clock_);
      if (!done) ADD_FAILURE() << done.error().message;
    });
    while (!RpcClient::connect(options.socket)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    client.emplace(*RpcClient::connect(options.socket));
  }

  void send(int signal) { ::kill(::getpid(), signal); }

  void join() { thread_.join(); }

  void stop() {
    send(SIGTERM);
    join();
  }

  static constexpr Nanoseconds kLimit = std::chrono::seconds(60);

  Json call(std::string_view method, const std::string& params = "{}") {
    return call(*client, method, params);
  }

  static Json call(RpcClient& with, std::string_view method, const std::string& params = "{}") {
    const auto result = with.call(method, params, kLimit);
    if (!result) return {{"error", result.error().message}};
    return Json::parse(*result);
  }

  // The client of a thread of its own.
  RpcClient another() { return std::move(*RpcClient::connect(options.socket)); }

  // Of the take that was cleaned last.
  std::function<void(LateText late)> on_late() {
    const std::lock_guard lock(world.mutex);
    return world.on_late;
  }

  // A model has an answer after all.
  void come_late(const std::string& text) { on_late()({text, "model"}); }

  // These wait for what will come sooner or later.
  static void await(const std::function<bool()>& holds) {
    while (!holds()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }

  Json await_status(const std::function<bool(const Json&)>& holds) {
    Json status;
    await([&] { return holds(status = call("status")); });
    return status;
  }

  void await_state(std::string_view state) {
    await_status([&](const Json& status) { return status["state"] == state; });
  }

  void key(const std::string& action, bool pressed, Nanoseconds after = {}) {
    {
      const std::lock_guard lock(world.mutex);
      if (action != "cancel") world.key_down = pressed;
      world.keys.push_back({action, pressed, clock_.now() + after});
    }
    wake_keys();
  }

  void wake_keys() {
    const std::uint64_t one = 1;
    ASSERT_EQ(::write(world.key_ready.get(), &one, sizeof one), static_cast<ssize_t>(sizeof one));
  }

  std::vector<std::string> inserted() {
    const std::lock_guard lock(world.mutex);
    return world.inserted;
  }

  std::vector<std::string> pressed() {
    const std::lock_guard lock(world.mutex);
    return world.pressed;
  }

  std::string kept_profile() {
    const std::lock_guard lock(world.mutex);
    return world.kept_profile;
  }

  std::string cleaned_with() {
    const std::lock_guard lock(world.mutex);
    return world.cleaned_with;
  }

  std::vector<std::string> notices() {
    const std::lock_guard lock(world.mutex);
    std::vector<std::string> lines;
    for (const Notice& notice : world.notices) lines.push_back(notice.title + ": " + notice.body);
    return lines;
  }

  std::vector<Cue> cues() {
    const std::lock_guard lock(world.mutex);
    return world.cues;
  }

  int hushed() {
    const std::lock_guard lock(world.mutex);
    return world.hushed;
  }

  std::string ducked() {
    const std::lock_guard lock(world.mutex);
    return world.ducked;
  }

  World world;
  WorldNotifier notifier{world};
  WorldCues cue_player{world};
  WorldDucker ducker{world};
  // Once the daemon runs, with world.mutex.
  DaemonSetup setup = setup_of(world);
  std::string setup_error;
  DaemonOptions options;
  std::optional<RpcClient> client;

 private:
  std::filesystem::path folder_;
  SignalQueue signals_{kDaemonSignals};
  SteadyClock clock_;
  std::thread thread_;
};

}  // namespace diktate::fakes
