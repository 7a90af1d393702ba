// Loads a model from a copy that the runtime has optimised for this machine before: a third of the time and
// of the memory.
//
// The copy's name holds a hash of all it depends on, so that another runtime, processor or model makes
// another copy; a checksum at its end finds damage, which the runtime itself would answer with nonsense or
// worse.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>

#include "onnx/session.h"

namespace diktate {

struct ModelCache {
  std::filesystem::path folder;  // made, private to the user, when missing; empty: no cache
  std::function<void(const std::string& warning)> on_warning = {};  // a cache that fails is not an error
  // Optional, borrowed: held while a copy is made, which takes several times the model's memory.
  std::mutex* one_at_a_time = nullptr;
};

// Loads `model`, from its copy in the cache where there is a good one; otherwise makes one. `label` names the
// copy, and is told apart from other models' by the caller ("moonshine-base-encoder"). Waits; thread-safe for
// different labels.
Result<OnnxSession> load_cached(const std::filesystem::path& model, const std::string& label,
                                const OnnxOptions& options, const ModelCache& cache);

// What a copy depends on.
struct CacheKey {
  std::string path;  // of the model, absolute
  std::string runtime_version;
  std::string processor;         // its model and features
  std::uintmax_t size = 0;       // of the model file, bytes
  std::int64_t modified_ns = 0;  // since the epoch
};

// 16 hexadecimal digits.
std::string to_string(const CacheKey& key);

}  // namespace diktate
