// A take as one line of JSON: what scripts read. docs/cli.md describes every field.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "core/pipeline.h"

namespace diktate {

// What a take does not know of itself.
struct TakeContext {
  std::string file;                        // as the user named it
  std::string engine;                      // its name
  std::vector<std::string> warnings = {};  // beside those of the take
  bool sequential = false;
};

// Without a line end. Bytes that are not UTF-8 are replaced, so the line always parses.
std::string transcription_json(const Take& take, const TakeContext& context);
// The same fields, and those that only a dictation has.
std::string dictation_json(const Take& take, const TakeContext& context);

// Its field `spans` alone.
std::string spans_json(const Take& take);

// A take that could not begin, because of `error`.
Take failed_take(const Error& error);

}  // namespace diktate
