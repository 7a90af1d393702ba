// Choosing a token from a row of logits.
#pragma once

#include <span>

namespace diktate {

struct Choice {
  int token = 0;
  float log_probability = 0.0F;  // natural; under the softmax of the whole row, to about 1e-4
};

// The highest of `logits`, which are to be multiplied with `scale` (> 0). Of equal ones the first. `logits`
// is not empty.
Choice most_likely(std::span<const float> logits, float scale);

}  // namespace diktate
