// The models on this machine: which there are, and how they get here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace diktate {

struct ModelStatus {
  std::string name;     // as a folder below models_folder(), and as an engine if it is one
  std::string purpose;  // for a person: "speech to text, English"
  std::string licence;  // SPDX
  std::filesystem::path path;
  bool installed = false;    // every file is there
  std::uintmax_t bytes = 0;  // of all its files
};

// Every model the program knows, with what is there of it below `folder`.
std::vector<ModelStatus> list_models(const std::filesystem::path& folder);

struct PrepareModelsOptions {
  // Searched, folders below included, for the weights as their makers ship them.
  std::vector<std::filesystem::path> from;
  std::filesystem::path to;  // made if missing; models in it are replaced
  // Told before each step, in a few words.
  std::function<void(const std::string& step)> on_step = {};
};

// Installs every model. All are made before the first is put in its place, so an error leaves what was there;
// a reader never sees a part of a model. Waits on the disk, some seconds in all. `unavailable` names the
// first file that is missing, `invalid` one that is damaged, or there in two versions.
Result<void> prepare_models(const PrepareModelsOptions& options);

}  // namespace diktate
