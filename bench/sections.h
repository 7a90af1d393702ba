// The sections of a run. Each measures one thing, prints its table, and leaves its figures and goals in the
// report.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "bench/report.h"
#include "bench/speech_set.h"
#include "bench/takes.h"

namespace diktate::bench {

// What a run works with. Sections borrow it.
struct Bench {
  bool quick = false;
  std::filesystem::path shipped;  // the makers' weights: base/quantized/... and tiny/quantized/...
  std::filesystem::path this_program;
  SpeechSet speech;  // empty when there is none: sections that need it are not called then
  std::vector<TakeRecipe> takes;
  Report report;

  // The English recordings; with --quick every fifth of them, unless it is long.
  std::vector<Recording> english() const;
  // "moonshine-base" first; with --quick nothing else.
  std::vector<std::string> engines() const;
};

Result<void> measure_cleaning(Bench& bench);         // against a few regular expressions
Result<void> measure_decoding(Bench& bench);         // against the plain loop
Result<void> measure_loading(Bench& bench);          // against the models as shipped
Result<void> measure_segmenting(Bench& bench);       // word errors against the length of segments
Result<void> measure_stop_to_text(Bench& bench);     // overlapped against sequential
Result<void> measure_word_errors(Bench& bench);      // of files and of dictation
Result<void> measure_language_models(Bench& bench);  // against other clients of a stand-in server
Result<void> measure_memory(Bench& bench);           // of an hour of audio

// The folder of an engine's weights below that of all the makers' weights.
std::filesystem::path shipped_weights(const std::filesystem::path& shipped, const std::string& engine);

// What the fresh processes of measure_loading() do: load one engine, warm it, print both times in ms; the
// exit code. `way` is "shipped" or "ours".
int load_in_this_process(const std::string& way, const std::string& engine,
                         const std::filesystem::path& shipped);

}  // namespace diktate::bench
