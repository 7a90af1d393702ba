// Tells when a file comes into being, while nobody looks for it.
#pragma once

#include <filesystem>
#include <vector>

#include "base/files.h"

namespace diktate {

// Thread-compatible. No call waits.
class FileWatch {
 public:
  FileWatch() = default;  // watches nothing
  explicit FileWatch(std::vector<std::filesystem::path> files) : files_(std::move(files)) {}

  // From now on. To be called again, before the files are looked for, as long as they are missing: a folder
  // that was missing, too, is watched from the call after it came.
  void arm();

  // Readable when appeared() has something to say; -1: nothing can be watched.
  int descriptor() const { return changes_.get(); }

  // Whether one of the files may have come into being since the last call.
  bool appeared();

 private:
  std::vector<std::filesystem::path> files_;
  UniqueFd changes_;  // an inotify of their folders
};

}  // namespace diktate
