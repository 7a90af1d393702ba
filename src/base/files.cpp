#include "base/files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diktate {
namespace {

tl::unexpected<Error> system_error(std::string_view what, const std::filesystem::path& path) {
  const ErrorKind kind = errno == ENOENT ? ErrorKind::unavailable : ErrorKind::failed;
  return fail(kind, std::string(what) + " " + path.string() + ": " + std::strerror(errno));
}

constexpr int kLongestChain = 40;  // symbolic links, as many as Linux follows

// The file that symbolic links from `path` lead to; it need not be there.
std::filesystem::path without_links(std::filesystem::path path) {
  std::error_code none;
  for (int links = 0; links < kLongestChain && std::filesystem::is_symlink(path, none); ++links)
    path = path.parent_path() / std::filesystem::read_symlink(path, none);
  return path;
}

constexpr std::size_t kMoreToRead = 64 * 1024;  // bytes at once, of a file that is longer than was said

}  // namespace

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

UniqueFd::~UniqueFd() {
  if (fd_ >= 0) ::close(fd_);
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return system_error("cannot open", path);
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return system_error("cannot read", path);
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) return MappedFile(nullptr, 0);
  void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd.get(), 0);
  if (data == MAP_FAILED) return system_error("cannot map", path);
  return MappedFile(data, size);
}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  if (this != &other) {
    if (data_ != nullptr) ::munmap(data_, size_);
    data_ = std::exchange(other.data_, nullptr);
    size_ = other.size_;
  }
  return *this;
}

void MappedFile::forget_pages() const {
  if (data_ != nullptr) ::madvise(data_, size_, MADV_DONTNEED);
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(data_, size_);
}

Result<std::string> read_file(const std::filesystem::path& path) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return system_error("cannot open", path);
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return system_error("cannot read", path);
  std::string bytes;
  for (std::size_t room = static_cast<std::size_t>(status.st_size) + 1;; room = kMoreToRead) {
    const std::size_t before = bytes.size();
    bytes.resize(before + room);
    const ssize_t count = ::read(fd.get(), bytes.data() + before, room);
    bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count == 0) return bytes;
    if (count < 0 && errno != EINTR) return system_error("cannot read", path);
  }
}

std::vector<std::filesystem::path> entries_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> entries;
  std::error_code error;
  std::filesystem::directory_iterator at(folder, error);
  for (; !error && at != std::filesystem::directory_iterator(); at.increment(error))
    entries.push_back(at->path());
  return entries;
}

Result<void> make_private_folder(const std::filesystem::path& folder) {
  std::error_code unknown;  // what mkdir() will name
  if (folder.empty() || std::filesystem::is_directory(folder, unknown)) return {};
  if (auto parent = make_private_folder(folder.parent_path()); !parent) return parent;
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    return system_error("cannot make the folder", folder);
  return {};
}

Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view bytes, unsigned mode) {
  struct stat there {};
  if (::stat(path.c_str(), &there) == 0 && (S_ISCHR(there.st_mode) || S_ISFIFO(there.st_mode))) {
    const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));  // what is no file is not replaced by one
    if (!fd || !write_all(fd.get(), bytes)) return system_error("cannot write", path);
    return {};
  }
  const std::filesystem::path target = without_links(path);
  std::string temporary = target.string() + ".XXXXXX";
  const UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!fd) return system_error("cannot write", path);
  if (!write_all(fd.get(), bytes) || ::fchmod(fd.get(), mode) != 0 || ::fsync(fd.get()) != 0 ||
      ::rename(temporary.c_str(), target.c_str()) != 0) {
    auto error = system_error("cannot write", path);
    ::unlink(temporary.c_str());
    return error;
  }
  return {};
}

}  // namespace diktate
