// Standard input, or any pipe, as an audio source: a WAV stream or raw samples, heard as they arrive.
#pragma once

#include <optional>
#include <string>

#include "audio/encoding.h"
#include "audio/opened_audio.h"
#include "base/clock.h"
#include "base/result.h"

namespace diktate {

struct StreamSourceOptions {
  int fd = 0;                           // read from a duplicate of it; may be closed after opening
  std::string name = "standard input";  // how messages call it
  PcmFormat raw = {};                   // of a stream that does not start with a WAV header
  double speed = 0;                     // 0: live, handed out as it arrives; otherwise paced as pace.h says
  std::optional<Instant> start = {};    // paced: when sample 0 begins; default: the first read
};

// Reads nothing yet: what is wrong with the bytes is told by read(). A read() that waits for bytes is woken
// by `finish`, and what had arrived by then is still handed out. When live, captured_until() is when the last
// sample was read. `clock` is borrowed for as long as the source lives.
Result<OpenedAudio> open_stream(const StreamSourceOptions& options, const Clock& clock);

}  // namespace diktate
