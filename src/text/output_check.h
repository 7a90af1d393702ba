// The verification of a model's text as an OutputCheck.
#pragma once

#include <memory>
#include <string>

#include "core/ports.h"
#include "text/language.h"
#include "text/verify.h"

namespace diktate {

struct OutputCheckOptions {
  std::shared_ptr<const Language> language;  // of what is said
  VerifyStyle style = VerifyStyle::standard;
  std::string prompt = {};                         // what the model is told
  std::shared_ptr<const Language> into = nullptr;  // translate, as far as it is known
};

std::shared_ptr<const OutputCheck> make_output_check(OutputCheckOptions options);

// For answers that need not hold what was said: only what stands around the text is cut off, and an answer
// that never came to it is rejected.
std::shared_ptr<const OutputCheck> make_wrapper_check(std::shared_ptr<const Language> language);

}  // namespace diktate
