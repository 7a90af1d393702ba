// diktate verify: whether a model's text may stand for what was said.
#pragma once

#include <string>

#include "text/verify.h"

namespace diktate {

struct VerifyCommand {
  std::string said;
  std::string got;
  std::string prompt;  // what the model was told
  std::string style = "standard";
  std::string language = "en";  // of what was said
  bool json = false;
};

// Answers with the exit code, which is the same for every verdict.
int run_verify(const VerifyCommand& command);

}  // namespace diktate
