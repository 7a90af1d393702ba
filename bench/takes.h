// The takes that stop-to-text is measured on: which recordings each is made of, and making it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "bench/speech_set.h"
#include "core/values.h"

namespace diktate::bench {

struct TakePart {
  std::string file;
  double start_s = 0.0;
  std::optional<double> end_s;  // none: to its end
  bool whole() const { return start_s == 0.0 && !end_s; }
};

// A line of bench/takes.tsv.
struct TakeRecipe {
  int class_s = 0;  // about so many seconds long
  std::string name;
  std::vector<TakePart> parts;
};

Result<std::vector<TakeRecipe>> parse_takes(std::string_view tsv);

// When the key is let go.
enum class KeyUp {
  tight,     // on the last sample of speech
  released,  // 300 ms of room tone later
};

struct SpokenTake {
  int class_s = 0;
  std::string name;
  Samples samples;
  std::optional<std::string> reference;  // none where a part of a recording has no transcript of its own
};

// Reads the recordings, joins them with 0.35 s of room tone and cuts the silence after the last word. Waits
// on the disk.
Result<SpokenTake> make_take(const TakeRecipe& recipe, const SpeechSet& speech, KeyUp key_up);

}  // namespace diktate::bench
