// Samples that are in memory already, as an audio source.
#pragma once

#include <optional>

#include "audio/opened_audio.h"
#include "base/clock.h"
#include "base/result.h"
#include "core/values.h"

namespace diktate {

struct MemorySourceOptions {
  Samples samples;
  double speed = 0;                   // 0: as fast as possible; otherwise paced as pace.h says
  std::optional<Instant> start = {};  // paced: when sample 0 begins; default: the first read
};

// Fails (`invalid`) only when the speed is negative. `clock` is borrowed for as long as the source lives.
Result<OpenedAudio> open_memory(MemorySourceOptions options, const Clock& clock);

}  // namespace diktate
