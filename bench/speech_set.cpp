#include "bench/speech_set.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <sstream>
#include <stop_token>

#include "audio/file_source.h"
#include "base/clock.h"
#include "base/files.h"
#include "bench/tsv.h"

namespace diktate::bench {
namespace {

Result<std::size_t> column(const std::vector<std::string>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    return fail(ErrorKind::invalid, "the manifest has no column " + std::string(name));
  return static_cast<std::size_t>(found - names.begin());
}

Result<std::vector<Recording>> parse_manifest(std::string_view text) {
  const auto rows = parse_tsv(text);
  if (rows.empty()) return fail(ErrorKind::invalid, "the manifest is empty");
  std::array<std::size_t, 4> at{};
  constexpr std::array<std::string_view, 4> kColumns = {"file", "seconds", "language", "transcript"};
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    const auto found = column(rows.front(), kColumns[i]);
    if (!found) return tl::unexpected(found.error());
    at[i] = *found;
  }
  std::vector<Recording> recordings;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& row = rows[i];
    const auto length_s = row.size() == rows.front().size() ? parse_decimal(row[at[1]]) : std::nullopt;
    if (!length_s)
      return fail(ErrorKind::invalid, "the manifest's row " + std::to_string(i) + " is malformed");
    recordings.push_back({row[at[0]], *length_s, row[at[2]], row[at[3]]});
  }
  return recordings;
}

}  // namespace

const Recording* SpeechSet::find(std::string_view file) const {
  const auto found = std::find_if(recordings.begin(), recordings.end(),
                                  [&](const Recording& entry) { return entry.file == file; });
  return found == recordings.end() ? nullptr : &*found;
}

std::vector<Recording> SpeechSet::in_language(std::string_view language) const {
  std::vector<Recording> chosen;
  std::copy_if(recordings.begin(), recordings.end(), std::back_inserter(chosen),
               [&](const Recording& entry) { return entry.language == language; });
  return chosen;
}

std::optional<std::filesystem::path> speech_folder() {
  const char* folder = std::getenv("DIKTATE_SPEECH_DIR");
  if (folder == nullptr || *folder == '\0') return std::nullopt;
  return std::filesystem::path(folder);
}

Result<SpeechSet> open_speech_set(const std::filesystem::path& folder) {
  const auto path = folder / "manifest.tsv";
  const auto text = read_file(path);
  if (!text) return tl::unexpected(text.error());
  auto recordings = parse_manifest(*text);
  if (!recordings) return fail(recordings.error().kind, path.string() + ": " + recordings.error().message);
  return SpeechSet{folder, std::move(*recordings)};
}

Result<Samples> read_recording(const std::filesystem::path& file) {
  const SteadyClock clock;
  const auto opened = open_file({.path = file}, clock);
  if (!opened) return tl::unexpected(opened.error());
  Samples samples;
  Samples block(kSampleRate);
  for (;;) {
    const auto count = opened->source->read(block, {});
    if (!count) return tl::unexpected(count.error());
    samples.insert(samples.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(*count));
    if (*count < block.size()) return samples;
  }
}

}  // namespace diktate::bench
