#include "desktop/x11/clipboard_backup.h"

#include <array>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "desktop/x11/kept_content.h"

namespace diktate {
namespace {

constexpr auto kWriteLimit = std::chrono::seconds(1);

bool write_all(int fd, std::string_view bytes) {
  const Instant until = SteadyClock().now() + kWriteLimit;
  while (!bytes.empty()) {
    const auto written = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (written > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
      continue;
    }
    if (errno != EAGAIN && errno != EINTR) return false;
    if (SteadyClock().now() > until) return false;
    pollfd polled{fd, POLLOUT, 0};
    poll(&polled, 1, 100);
  }
  return true;
}

// In a session of its own, so that what ends the program does not end it.
bool spawn(const std::string& program, const std::string& display, const std::string& window, int input) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK);
  std::string name = program;
  std::string where = display;
  std::string owner = window;
  const std::array<char*, 4> arguments = {name.data(), where.data(), owner.data(), nullptr};
  pid_t pid = 0;
  const int error = posix_spawn(&pid, program.c_str(), &files, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  // It goes into the background by itself, and so is nobody's child that must be waited for.
  if (error == 0) waitpid(pid, nullptr, 0);
  return error == 0;
}

}  // namespace

ClipboardBackup::ClipboardBackup(std::string program, std::string display)
    : program_(std::move(program)), display_(std::move(display)) {}

bool ClipboardBackup::start(XId window) {
  std::array<int, 2> ends = {-1, -1};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return false;
  process_ = UniqueFd(ends[0]);
  const UniqueFd theirs(ends[1]);
  shutdown(theirs.get(), SHUT_WR);
  return spawn(program_, display_, std::to_string(window), theirs.get());
}

void ClipboardBackup::keep(const SharedContent& content, XId window) {
  const bool is_empty = !content || content->order.empty();
  if (program_.empty() || (is_empty && !process_)) return;
  const std::string message = packed(is_empty ? SelectionContent() : *content);
  if (process_ && write_all(process_.get(), message)) return;
  process_ = UniqueFd();
  if (!is_empty && start(window) && write_all(process_.get(), message)) return;
  process_ = UniqueFd();
}

}  // namespace diktate
