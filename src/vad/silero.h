// Silero VAD v6 on ONNX Runtime, as a VoiceDetector: 512 samples (32 ms) a frame.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "core/ports.h"

namespace diktate {

struct SileroOptions {
  std::filesystem::path model;  // silero_vad_v6.onnx
};

// Loads the model (about 50 ms).
Result<std::unique_ptr<VoiceDetector>> make_silero(const SileroOptions& options);

}  // namespace diktate
