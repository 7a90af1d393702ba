// What is noted of a take while it is under way: a line of JSON each time, so that a line that is cut costs
// itself alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace diktate {

// What is empty, 0 or none is not noted.
struct TakeNotes {
  std::int64_t started_ms = 0;  // Unix time
  std::string engine;
  std::string profile;
  std::optional<std::string> raw_text;    // the pieces joined
  std::optional<std::string> clean_text;  // what was about to be delivered
  bool over = false;                      // it is being taken off the disk
};

// With its end. What is not UTF-8 is replaced.
std::string notes_line(const TakeNotes& notes);

// All lines of a file together, a later one before an earlier; lines that are cut, or are none of ours, say
// nothing. No file is no note. Waits on the disk.
TakeNotes read_notes(const std::filesystem::path& path);

}  // namespace diktate
