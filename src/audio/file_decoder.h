// A recording as a Decoder: libsndfile reads, every channel counts the same, the rate becomes ours.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "audio/decoder.h"
#include "base/result.h"

namespace diktate {

struct FileDecoder {
  std::unique_ptr<Decoder> decoder;
  std::optional<std::int64_t> expected_samples;  // at kSampleRate, where the file says it
};

// Fails as open_file() does.
Result<FileDecoder> make_file_decoder(const std::filesystem::path& path);

}  // namespace diktate
