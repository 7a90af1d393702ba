// What a file's own header promises, for telling a file that was cut off: decoders quietly make do with what
// is there.
#pragma once

#include <cstdint>
#include <optional>

namespace diktate {

struct WavPromise {
  // Nothing when the header leaves the length open, as recorders do that write to a pipe or were killed.
  std::optional<std::uint64_t> frames;
};

// Nothing when the file is not WAV of a kind that StreamReader reads. Does not move the descriptor's
// position.
std::optional<WavPromise> read_wav_promise(int fd);

// Whether the last page of an OGG file says that it is the last one.
bool has_last_ogg_page(int fd);

}  // namespace diktate
