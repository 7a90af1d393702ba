// What the daemon is made of, as the user's configuration has it. Filled in by the program; by fakes in
// tests.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "core/ports.h"
#include "daemon/take_machine.h"

namespace diktate {

// The ways to the user's windows and keys.
struct Desktop {
  std::unique_ptr<TextInserter> inserter;  // always there, if only to hold the text
  std::unique_ptr<Hotkeys> hotkeys;        // none: clients begin takes
  // What was wanted and could not be had, one line each: it is tried again until there is none.
  std::vector<std::string> problems = {};
};

struct DaemonSetup {
  Nanoseconds longest_take = std::chrono::minutes(10);
  Nanoseconds unload_after = std::chrono::minutes(10);  // of idleness; 0: models are kept
  bool raw = false;                                     // the words as recognised
  std::string shown = "{}";                             // all of it, as a JSON object, for people

  std::string engine_name = {};  // another one than before: the engine is made anew
  // Each may fail, and is asked again for the next take. Called by the threads of takes.
  std::function<Result<std::unique_ptr<SpeechEngine>>()> engine;
  std::function<std::unique_ptr<VoiceDetector>()> detector;
  std::function<Result<std::unique_ptr<TextProcessor>>()> processor;
  std::function<Result<std::unique_ptr<AudioSource>>(Nanoseconds longest)> microphone;
  // What keeps a take while it comes into being. May be empty, and may give none: then memory alone has it.
  std::function<std::unique_ptr<TakeRecord>(TakeId take)> record = {};

  // Called by the main thread.
  std::function<Desktop()> desktop;
};

}  // namespace diktate
