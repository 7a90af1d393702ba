// What the daemon is made of, as the user's configuration has it. Filled in by the program; by fakes in
// tests.
#pragma once

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/time_asleep.h"
#include "core/ducker.h"
#include "core/ports.h"
#include "daemon/take_machine.h"
#include "daemon/take_report.h"

namespace diktate {

// The ways to the user's windows and keys.
struct Desktop {
  std::unique_ptr<TextInserter> inserter;  // always there, if only to hold the text
  std::unique_ptr<Hotkeys> hotkeys;        // none: clients begin takes
  // What was wanted and could not be had, one line each: it is looked for again until there is none.
  std::vector<std::string> problems = {};
  std::vector<std::string> notes = {};  // what is missing and costs no words, one line each
  std::string display = {};             // where the inserter was made, as far as that may change
  bool lacks_keys = false;              // such as cost no words; looked for like `problems`
};

// Keeps one take, so that a crash costs no word of it. The thread of the take uses it.
class TakeKeeper {
 public:
  virtual ~TakeKeeper() = default;

  // While it comes into being. Lives as long as the keeper.
  virtual TakeRecord& record() = 0;

  // It is over: the text is where it went to. May wait on the disk. Its error is a warning.
  virtual Result<void> close(const TakeReport& report) = 0;
};

// What becomes of the words of a take.
struct ProfileSetup {
  std::string name = {};
  // May fail, and is asked again for the next take. Called by the threads of takes.
  std::function<Result<std::unique_ptr<TextProcessor>>()> processor = {};
  bool terminal_lines = false;  // as an InsertRequest has them
  bool terminal_enter = false;
};

// What a key that dictates is called: by the profile that it dictates with; empty: the one that is used where
// none is named.
inline std::string dictate_action(const std::string& profile) {
  return profile.empty() ? "dictate" : "dictate-" + profile;
}
inline std::optional<std::string> dictated_profile(const std::string& action) {
  if (action == "dictate") return "";
  return action.starts_with("dictate-") ? std::optional(action.substr(8)) : std::nullopt;
}

struct DaemonSetup {
  // None: there is no such profile. Empty: the one that is used where none is named.
  const ProfileSetup* profile(std::string_view name) const {
    const auto is_it = [&](const ProfileSetup& known) { return name.empty() || known.name == name; };
    const auto found = std::find_if(profiles.begin(), profiles.end(), is_it);
    return found == profiles.end() ? nullptr : &*found;
  }

  Nanoseconds longest_take = std::chrono::minutes(10);
  Nanoseconds unload_after = std::chrono::minutes(10);  // of idleness; 0: models are kept
  std::string shown = "{}";                             // all of it, as a JSON object, for people
  std::vector<std::string> notes = {};                  // what these settings cost, one line each

  std::vector<ProfileSetup> profiles = {};  // the first is used where none is named

  std::string engine_name = {};  // another one than before: the engine is made anew
  // Each may fail, and is asked again for the next take. Called by the threads of takes.
  std::function<Result<std::unique_ptr<SpeechEngine>>()> engine;
  std::function<std::unique_ptr<VoiceDetector>()> detector;
  std::function<Result<std::unique_ptr<AudioSource>>()> microphone;  // ends after longest_take
  // Why no microphone is on that is to be on between takes; empty: one is, or none is to be. May be empty.
  // Any thread; does not wait.
  std::function<std::string()> microphone_problem = {};
  // Waits until there is a microphone for a take, as far as the sound server tells, or until `stop` is
  // requested: then false. May be empty. Any thread.
  std::function<bool(std::stop_token stop)> await_microphone = {};
  std::function<Nanoseconds()> time_asleep = diktate::time_asleep;
  // May be empty: then memory alone has the takes.
  std::function<std::unique_ptr<TakeKeeper>(const std::string& profile)> keeper = {};
  // Those of them that are over, as the disk has them, the newest first, a JSON object each; may be empty.
  // Any thread; waits on the disk.
  std::function<Result<std::vector<std::string>>(std::size_t limit)> stored = {};

  // Called by the main thread. Of `had` it takes what still works into what it makes: a clipboard that was
  // given back is lost with its inserter.
  std::function<Desktop(Desktop& had)> desktop;
  // Files that come into being when a display does: what is missing of the desktop is looked for then.
  std::vector<std::filesystem::path> displays = {};
  // Whether the user's session is locked: no text is inserted then. May be empty: that is not known. Any
  // thread; waits for a moment.
  std::function<bool()> locked = {};
  // How many takes wait to be recovered; may be empty. Any thread; waits on the disk.
  std::function<std::size_t()> unfinished = {};

  // Borrowed, and outlive every setup; none: the user wants no notices, or no sound.
  Notifier* notifier = nullptr;
  CuePlayer* cues = nullptr;
  bool start_sound = false;
  bool stop_sound = false;
  bool error_sound = true;
  Ducker* ducker = nullptr;  // none: nothing is made quieter, or put back
  bool duck = false;         // while a take listens
};

// One for all who work by it. Whoever lets go of it last may wait: its microphone is switched off then.
using SharedSetup = std::shared_ptr<const DaemonSetup>;

}  // namespace diktate
