// Greedy decoding with Moonshine's two decoder graphs.
//
// decoder_next takes one token at a time. decoder_first takes many at once, and costs little more than one
// step; it checks a draft: where the model would have said the same, its tokens are taken over, and decoding
// goes on after them. Where it comes back to the words of the draft, the rest of that is checked again.
#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "core/ports.h"
#include "onnx/session.h"

namespace diktate {

struct Decoded {
  std::vector<int> tokens;  // without start and end
  double mean_log_probability = 0.0;
};

// One thread uses it.
class MoonshineDecoder {
 public:
  MoonshineDecoder(OnnxSession first, OnnxSession next);

  // At most `limit` tokens, which is positive. `cross` is the encoder's output and lives as long as the call.
  Result<Decoded> decode(const OnnxTensor& cross, const DecodeOptions& options, std::size_t limit,
                         std::stop_token cancel);

 private:
  OnnxSession first_;
  OnnxSession next_;
};

}  // namespace diktate
