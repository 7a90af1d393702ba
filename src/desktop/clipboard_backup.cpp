#include "desktop/clipboard_backup.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

namespace diktate {
namespace {

constexpr auto kWriteLimit = std::chrono::seconds(1);

bool send_all(int fd, std::string_view bytes) {
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
bool spawn(std::array<std::string, 4> words, int input) {
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
  std::array<char*, std::tuple_size_v<decltype(words)> + 1> arguments{};
  std::transform(words.begin(), words.end(), arguments.begin(),
                 [](std::string& word) { return word.data(); });
  pid_t pid = 0;
  const int error = posix_spawn(&pid, arguments.front(), &files, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  // It goes into the background by itself, and so is nobody's child that must be waited for.
  if (error == 0) waitpid(pid, nullptr, 0);
  return error == 0;
}

}  // namespace

ClipboardBackup::ClipboardBackup(std::string program, std::string kind, std::string display)
    : program_(std::move(program)), kind_(std::move(kind)), display_(std::move(display)) {}

bool ClipboardBackup::start(std::uint32_t window) {
  std::array<int, 2> ends = {-1, -1};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return false;
  process_ = UniqueFd(ends[0]);
  const UniqueFd theirs(ends[1]);
  return spawn({program_, kind_, display_, std::to_string(window)}, theirs.get());
}

void ClipboardBackup::keep(const KeptContent& content, std::uint32_t window) {
  if (program_.empty() || (content.empty() && !process_)) return;
  const std::string message = packed(content);
  if (process_ && send_all(process_.get(), message)) return;
  process_ = UniqueFd();
  if (!content.empty() && start(window) && send_all(process_.get(), message)) return;
  process_ = UniqueFd();
}

// The holder closes its end once it has the clipboard, or ends without.
void ClipboardBackup::hand_over() {
  if (!process_) return;
  shutdown(process_.get(), SHUT_WR);
  pollfd closed{process_.get(), POLLIN, 0};
  poll(&closed, 1, static_cast<int>(std::chrono::milliseconds(kWriteLimit).count()));
  process_ = UniqueFd();
}

}  // namespace diktate
