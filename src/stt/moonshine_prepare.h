// Turns Moonshine's weights as their makers ship them into the form in which they decode fast.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace diktate {

struct MoonshineSource {
  std::filesystem::path encoder;         // encoder_model.onnx
  std::filesystem::path merged_decoder;  // decoder_model_merged.onnx
  std::filesystem::path vocabulary;      // llama-tokenizer.js, or a text file of one piece a line
};

// Writes encoder.onnx, decoder_first.onnx, decoder_next.onnx and vocabulary.txt into `target`, and
// their checksums, whole or not at all. Waits on the disk for a second or so. A damaged source is `invalid`,
// and the message names it.
Result<void> prepare_moonshine(const MoonshineSource& source, const std::filesystem::path& target);

}  // namespace diktate
