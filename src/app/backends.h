// The one table of backends: from a name in a setting or on the command line to the object behind a port.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/ports.h"

namespace diktate {

// Told, in one line, of what does not stop the work. May be called from any thread, one call at a time.
using OnWarning = std::function<void(const std::string& warning)>;

struct EngineChoice {
  std::string name = "moonshine-base";
  int threads = 0;     // 0: as many as help on this machine, at most 2
  bool cached = true;  // keep and use optimised copies of the models in the cache folder
  OnWarning on_warning = {};
};

// Every name that make_engine knows, the default first.
std::vector<std::string> engine_names();

// Fails when the name is unknown (`invalid`) or its model is not installed (`unavailable`; the message says
// how to get it). Loads nothing yet: SpeechEngine::prepare() does.
Result<std::unique_ptr<SpeechEngine>> make_engine(const EngineChoice& choice);

// Silero, or the energy detector when its model is missing or damaged; on_warning is told then.
std::unique_ptr<VoiceDetector> make_detector(const OnWarning& on_warning);

// $DIKTATE_MODELS if it is set. Otherwise the first of these that exists: the user's data folder (models/),
// ../share/diktate/models beside the program; the data folder's when neither does. Below it: moonshine-base/,
// moonshine-tiny/, silero/.
std::filesystem::path models_folder();

}  // namespace diktate
