// What the factories of this folder answer with.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "core/ports.h"

namespace diktate {

struct OpenedAudio {
  std::unique_ptr<AudioSource> source;
  // How many samples will come (at kSampleRate), for a progress bar; nothing when only the end will tell.
  std::optional<std::int64_t> expected_samples;
};

}  // namespace diktate
