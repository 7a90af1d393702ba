// Bytes from a file descriptor, as they come, until somebody asks to stop.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <stop_token>

#include "base/files.h"
#include "base/result.h"

namespace diktate {

// One thread uses it.
class FdReader {
 public:
  // Reads from a duplicate of `fd`, so that its owner may close it. Errors do not name it.
  static Result<FdReader> create(int fd);

  // Waits for bytes and says how many there are. 0 means that no more will come: the stream is at its end, or
  // `finish` was requested and what had been written by then is read. `finish` wakes it at once.
  Result<std::size_t> read(std::span<std::byte> out, std::stop_token finish);

  // Whether the end came from the other side.
  bool at_end() const { return at_end_; }

 private:
  FdReader(UniqueFd fd, UniqueFd wake) : fd_(std::move(fd)), wake_(std::move(wake)) {}
  bool wait_for_bytes(std::stop_token finish) const;
  std::size_t bytes_there() const;

  UniqueFd fd_;
  UniqueFd wake_;                    // an eventfd: readable once `finish` was requested
  std::optional<std::size_t> rest_;  // after `finish`: what was there then and is still to be read
  bool at_end_ = false;
};

}  // namespace diktate
