// diktate transcribe: recordings to text, as fast as possible.
#pragma once

#include <string>
#include <vector>

#include "session.h"

namespace diktate {

enum class TranscriptFormat { text, json, srt, vtt };

struct TranscribeOptions {
  std::vector<std::string> files;
  EngineOptions engine;
  CleaningChoice cleaning = {.profile = "raw"};
  TranscriptFormat format = TranscriptFormat::text;
  bool raw = false;
  std::string trace;  // a file to write; empty: none
  PcmFormat stdin_format;
};

// Answers with the exit code.
int run_transcribe(const TranscribeOptions& options);

}  // namespace diktate
