// Moonshine (base and tiny, English) on ONNX Runtime, as a SpeechEngine.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "core/ports.h"

namespace diktate {

struct MoonshineOptions {
  std::string name = "moonshine-base";
  std::filesystem::path
      model;  // a folder made by prepare_moonshine(): encoder, decoder_first, decoder_next, vocabulary
  std::filesystem::path cache;  // where optimised copies are kept; empty: nowhere
  int threads = 0;              // inside one operator; 0: the machine's cores, at most 2
  std::function<void(const std::string& warning)> on_warning = {};  // e.g. the cache cannot be written
};

// Checks that the model's files are there; loads nothing.
Result<std::unique_ptr<SpeechEngine>> make_moonshine(const MoonshineOptions& options);

}  // namespace diktate
