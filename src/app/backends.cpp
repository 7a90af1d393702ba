#include "app/backends.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/paths.h"
#include "stt/moonshine.h"
#include "vad/energy.h"
#include "vad/silero.h"

namespace diktate {
namespace {

using MakeEngine = Result<std::unique_ptr<SpeechEngine>> (*)(const EngineChoice& choice);

Result<std::unique_ptr<SpeechEngine>> moonshine(const EngineChoice& choice) {
  MoonshineOptions options;
  options.name = choice.name;
  options.model = models_folder() / choice.name;
  if (choice.cached) options.cache = cache_folder() / "models";
  options.threads = choice.threads;
  options.on_warning = choice.on_warning;
  return make_moonshine(options);
}

struct EngineRow {
  std::string_view name;
  MakeEngine make;
};

constexpr std::array<EngineRow, 2> kEngines{{
    {"moonshine-base", moonshine},
    {"moonshine-tiny", moonshine},
}};

std::string joined(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

}  // namespace

std::vector<std::string> engine_names() {
  std::vector<std::string> names;
  for (const EngineRow& row : kEngines) names.emplace_back(row.name);
  return names;
}

Result<std::unique_ptr<SpeechEngine>> make_engine(const EngineChoice& choice) {
  const auto* row = std::find_if(kEngines.begin(), kEngines.end(),
                                 [&](const EngineRow& engine) { return engine.name == choice.name; });
  if (row == kEngines.end()) {
    return fail(ErrorKind::invalid,
                "unknown engine '" + choice.name + "'; there are " + joined(engine_names()));
  }
  auto engine = row->make(choice);
  if (!engine && engine.error().kind == ErrorKind::unavailable) {
    const bool elsewhere = std::getenv("DIKTATE_MODELS") != nullptr;  // than where they are put by themselves
    engine.error().message += "; './dev install' brings it, or 'diktate models prepare";
    engine.error().message += elsewhere ? " --to " + models_folder().string() + "'" : "'";
  }
  return engine;
}

std::unique_ptr<VoiceDetector> make_detector(const OnWarning& on_warning) {
  auto silero = make_silero({models_folder() / "silero" / "silero_vad_v6.onnx"});
  if (silero) return std::move(*silero);
  if (on_warning) on_warning("pauses are found by loudness alone: " + silero.error().message);
  return make_energy_detector();
}

std::filesystem::path models_folder() {
  if (const char* asked = std::getenv("DIKTATE_MODELS"); asked != nullptr && *asked != '\0') return asked;
  std::error_code ignored;
  const auto users = data_folder() / "models";
  const auto shipped = program_folder().parent_path() / "share" / "diktate" / "models";
  if (!std::filesystem::is_directory(users, ignored) && std::filesystem::is_directory(shipped, ignored))
    return shipped;
  return users;
}

}  // namespace diktate
