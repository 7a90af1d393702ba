// Files: owned descriptors, whole reads, atomic writes, read-only mappings. Every call may wait on the disk.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace diktate {

// Owns a file descriptor.
class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept;
  ~UniqueFd();
  int get() const { return fd_; }
  // The descriptor, which is the caller's from now on.
  int release() { return std::exchange(fd_, -1); }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// A file mapped read-only; the bytes live as long as this object.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile(MappedFile&& other) noexcept : data_(std::exchange(other.data_, nullptr)), size_(other.size_) {}
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();
  // Gives the memory of the pages back; what is read again comes from the disk's cache.
  void forget_pages() const;
  std::span<const std::byte> bytes() const { return {static_cast<const std::byte*>(data_), size_}; }

 private:
  MappedFile(void* data, std::size_t size) : data_(data), size_(size) {}
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

// False: errno says why.
bool write_all(int fd, std::string_view bytes);

// What is there at the time, also of a file that is no real one (/proc) or gets shorter meanwhile.
Result<std::string> read_file(const std::filesystem::path& path);

// What is in the folder, in no order; as much of it as can be read.
std::vector<std::filesystem::path> entries_of(const std::filesystem::path& folder);

// The folder with all its parents, made with mode 0700 where missing.
Result<void> make_private_folder(const std::filesystem::path& folder);

// Writes beside `path` and renames over it: a reader sees the old bytes or the new, never a part. A symbolic
// link stays one: what it leads to is replaced. A device or a pipe is written to.
Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view bytes,
                                   unsigned mode = 0600);

}  // namespace diktate
