#include "audio/fd_reader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diktate {
namespace {

tl::unexpected<Error> system_error() { return fail(ErrorKind::failed, std::strerror(errno)); }

}  // namespace

Result<FdReader> FdReader::create(int fd) {
  UniqueFd duplicate(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
  if (!duplicate) return system_error();
  UniqueFd wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!wake) return system_error();
  return FdReader(std::move(duplicate), std::move(wake));
}

Result<std::size_t> FdReader::read(std::span<std::byte> out, std::stop_token finish) {
  for (;;) {
    if (!rest_ && !wait_for_bytes(finish)) rest_ = bytes_there();
    const std::size_t wanted = std::min(out.size(), rest_.value_or(out.size()));
    if (wanted == 0) return std::size_t{0};
    const ssize_t count = ::read(fd_.get(), out.data(), wanted);
    if (count < 0 && errno == EINTR) continue;
    // The descriptor does not block, and somebody else who reads from it was faster.
    if (count < 0 && errno == EAGAIN && !rest_) continue;
    if (count < 0 && errno == EAGAIN) return std::size_t{0};
    if (count < 0) return system_error();
    if (count == 0) at_end_ = true;
    if (rest_) *rest_ -= static_cast<std::size_t>(count);
    return static_cast<std::size_t>(count);
  }
}

// False when `finish` came first.
bool FdReader::wait_for_bytes(std::stop_token finish) const {
  const int wake = wake_.get();
  const std::stop_callback on_finish(finish, [wake] {
    // The counter of an eventfd that was just made cannot be full.
    [[maybe_unused]] const int failed = ::eventfd_write(wake, 1);
  });
  std::array<pollfd, 2> sources{{{fd_.get(), POLLIN, 0}, {wake, POLLIN, 0}}};
  while (!finish.stop_requested() && ::poll(sources.data(), sources.size(), -1) < 0 && errno == EINTR) {
  }
  return !finish.stop_requested();
}

// A regular file is all there from the beginning, but nobody has said it by the time of `finish`.
std::size_t FdReader::bytes_there() const {
  struct stat status {};
  int count = 0;
  if (::fstat(fd_.get(), &status) != 0 || S_ISREG(status.st_mode)) return 0;
  if (::ioctl(fd_.get(), FIONREAD, &count) != 0 || count < 0) return 0;
  return static_cast<std::size_t>(count);
}

}  // namespace diktate
