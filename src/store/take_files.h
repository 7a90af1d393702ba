// The two files of a take that is not over yet: its sound, which any player opens, and notes of what became
// of it so far.
//
//   12.wav    16 kHz, mono, 16 bits; the header leaves the length open: cut anywhere, it is whole up to there
//   12.jsonl  a line of JSON a note: {"started_ms": 1764364055123, "engine": "moonshine-base", ...},
//             {"raw_text": "..."}, {"clean_text": "..."}; a last line that is cut counts for nothing
//
// Whoever holds the lock on the sound has the take; the kernel drops it with the process. The disk is never
// waited for, but in sync_take(), which is for another thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "store/take_notes.h"

namespace diktate {

using TakeId = std::int64_t;

// What lies on the disk of one take.
struct TakeState {
  TakeId id = 0;
  TakeNotes notes;
  std::int64_t samples = 0;
  bool in_use = false;  // a living process has it

  // There is nothing to finish: the files were made ready and not used, or were on their way off the disk.
  bool empty() const { return notes.over || (samples == 0 && !notes.raw_text && !notes.clean_text); }
};

// The files, open and locked. One thread at a time uses them.
class TakeFiles {
 public:
  // Makes new ones with the first free number from `least` on.
  static Result<TakeFiles> create(const std::filesystem::path& folder, TakeId least);
  // Those that another process left. `unavailable`: there are none; `invalid`: a living process has them.
  static Result<TakeFiles> take_over(const std::filesystem::path& folder, TakeId id);

  TakeId id() const { return id_; }
  std::int64_t samples() const { return samples_; }
  // What lies on the disk now.
  TakeState state() const;
  // Nobody took them off the disk.
  bool is_in_place() const;

  // What does not fit on the disk leaves no half sample behind; later samples follow those that did.
  Result<void> append(std::span<const float> samples);
  // The notes that are set in `notes`, as one line.
  Result<void> note(const TakeNotes& notes);

  // Takes them off the disk, truncated first. If that is cut short, remove_unused_takes() goes on with it.
  Result<void> remove();
  // The sound becomes `path`, with its length in its header; the notes go.
  Result<void> move_audio(const std::filesystem::path& path);

 private:
  TakeFiles(std::filesystem::path folder, TakeId id, UniqueFd audio, UniqueFd notes);

  std::filesystem::path folder_;
  TakeId id_;
  UniqueFd audio_;
  UniqueFd notes_;
  std::int64_t samples_ = 0;
};

std::filesystem::path audio_path(const std::filesystem::path& folder, TakeId id);

// All that lie in the folder, by number; none where there is no folder. Those that are empty and in nobody's
// use are left out.
std::vector<TakeState> read_takes(const std::filesystem::path& folder);
// Removes the empty ones that are in nobody's use, and notes without a sound.
void remove_unused_takes(const std::filesystem::path& folder);
// Waits until the disk has all of a take that was written so far, and its name. `false`: the disk failed.
bool sync_take(const std::filesystem::path& folder, TakeId id);

// Empties a file before it takes it off the disk. No such file is no error.
Result<void> remove_file(const std::filesystem::path& path);

}  // namespace diktate
