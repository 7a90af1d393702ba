// The folder of real speech that benchmarks run on: recordings beside a manifest that says what is spoken in
// them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/values.h"

namespace diktate::bench {

// A line of the manifest.
struct Recording {
  std::string file;  // name in the folder
  double length_s = 0;
  std::string language;  // "en", ...
  std::string transcript;
};

struct SpeechSet {
  std::filesystem::path folder;
  std::vector<Recording> recordings;

  const Recording* find(std::string_view file) const;  // nullptr: not in the manifest
  std::vector<Recording> in_language(std::string_view language) const;
};

// $DIKTATE_SPEECH_DIR, if it is set and not empty.
std::optional<std::filesystem::path> speech_folder();

// Reads `folder`/manifest.tsv: tab-separated, with a first line that names the columns, of which file,
// seconds, language and transcript are used; a quotation mark is an ordinary character.
Result<SpeechSet> open_speech_set(const std::filesystem::path& folder);

// A whole recording. Waits on the disk.
Result<Samples> read_recording(const std::filesystem::path& file);

}  // namespace diktate::bench
