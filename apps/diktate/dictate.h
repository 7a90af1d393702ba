// diktate dictate: from the microphone, or a recording as if it were being spoken now, with the waiting that
// a user would feel.
#pragma once

#include <string>

#include "app/profiles.h"
#include "session.h"

namespace diktate {

struct DictateOptions {
  bool microphone = false;  // instead of `input`
  std::string source;       // the microphone's name; empty: the default one
  double longest = 600;     // s; of a take from the microphone
  bool ghost = false;       // nothing of it is written
  InputOptions input{"", 1, {}};
  EngineOptions engine;
  ProcessingChoice processing;
  bool sequential = false;
  bool raw = false;
  bool timeline = false;
  bool json = false;
  std::string trace;  // a file to write; empty: none
};

// Answers with the exit code.
int run_dictate(const DictateOptions& options);

}  // namespace diktate
