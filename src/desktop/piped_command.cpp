#include "desktop/piped_command.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"

namespace diktate {
namespace {

constexpr auto kLook = std::chrono::milliseconds(10);

tl::unexpected<Error> failed(const std::string& command, const std::string& why) {
  return fail(ErrorKind::failed, "the command '" + command + "' " + why + ": the text was not inserted");
}

// In a group of its own, so that all of it can be ended. 0: it cannot be started.
pid_t start(const std::string& command, int input) {
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
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
  std::string shell = "sh";
  std::string flag = "-c";
  std::string line = command;
  const std::array<char*, 4> arguments = {shell.data(), flag.data(), line.data(), nullptr};
  pid_t pid = 0;
  const int error = posix_spawn(&pid, "/bin/sh", &files, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return error == 0 ? pid : 0;
}

// Writes what the other end takes now; true: there is nothing left, or nobody reads.
bool write_some(int fd, std::string_view& text) {
  while (!text.empty()) {
    const auto written = send(fd, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (written < 0) return errno != EAGAIN && errno != EINTR;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Result<void> pipe_into(const std::string& command, std::string_view text, Nanoseconds limit,
                       std::stop_token cancel) {
  std::array<int, 2> ends = {-1, -1};
  // A socket, as a write to it raises no signal.
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return failed(command, "cannot be started");
  UniqueFd ours(ends[0]);
  UniqueFd theirs(ends[1]);
  shutdown(theirs.get(), SHUT_WR);
  const pid_t pid = start(command, theirs.get());
  theirs = UniqueFd();
  if (pid == 0) return failed(command, "cannot be started");

  const SteadyClock clock;
  const Instant until = clock.now() + limit;
  int status = 0;
  while (waitpid(pid, &status, WNOHANG) == 0) {
    if (ours && write_some(ours.get(), text)) ours = UniqueFd();
    if (clock.now() < until && clock.sleep_until(clock.now() + kLook, cancel)) continue;
    kill(-pid, SIGKILL);
    waitpid(pid, &status, 0);
    if (cancel.stop_requested()) return fail(ErrorKind::cancelled, "cancelled");
    return failed(command, "took too long");
  }
  if (!WIFEXITED(status)) return failed(command, "was ended by a signal");
  if (WEXITSTATUS(status) != 0) return failed(command, "failed with " + std::to_string(WEXITSTATUS(status)));
  return {};
}

}  // namespace diktate
