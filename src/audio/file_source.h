// Recordings as audio sources: WAV, FLAC, OGG, MP3 and what else libsndfile decodes, whatever the file is
// called.
#pragma once

#include <filesystem>
#include <optional>

#include "audio/opened_audio.h"
#include "base/clock.h"
#include "base/result.h"

namespace diktate {

struct FileSourceOptions {
  std::filesystem::path path;
  double speed = 0;                   // 0: as fast as possible; otherwise paced as pace.h says
  std::optional<Instant> start = {};  // paced: when sample 0 begins; default: the first read
};

// Opens the file and reads its header; samples are decoded in blocks as they are read, so memory does not
// grow with the length. Every channel counts the same, any rate becomes kSampleRate, what is no number
// becomes silence. A file that ends before its header says it does gives what is there and a warning. `clock`
// is borrowed for as long as the source lives. Fails, naming the file: `unavailable` when it does not exist,
// `invalid` when it holds no audio that can be read or the speed is negative, `failed` when the system
// refuses.
Result<OpenedAudio> open_file(const FileSourceOptions& options, const Clock& clock);

}  // namespace diktate
