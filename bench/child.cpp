#include "bench/child.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"

namespace diktate::bench {
namespace {

constexpr int kSampleInterval = 20;  // ms

struct Pipe {
  UniqueFd read;
  UniqueFd write;
};

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    return fail(ErrorKind::failed, std::string("cannot make a pipe: ") + std::strerror(errno));
  return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

Result<pid_t> spawn(const std::vector<std::string>& arguments, int output) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  pid_t child = 0;
  const int error = ::posix_spawn(&child, argv.front(), &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    return fail(ErrorKind::unavailable, "cannot run " + arguments.front() + ": " + std::strerror(error));
  return child;
}

// 0 once the process has given its memory back.
std::int64_t peak_memory_kib(pid_t child) {
  std::ifstream status("/proc/" + std::to_string(child) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::atoll(line.c_str() + std::strlen("VmHWM:"));
  }
  return 0;
}

// Reads until the child closes its end.
void watch(pid_t child, int output, ChildRun& run) {
  std::array<char, 4096> block{};
  for (;;) {
    pollfd ready{output, POLLIN, 0};
    const int events = ::poll(&ready, 1, kSampleInterval);
    run.peak_kib = std::max(run.peak_kib, peak_memory_kib(child));
    if (events == 0 || (events < 0 && errno == EINTR)) continue;
    const ssize_t count = ::read(output, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    run.output.append(block.data(), static_cast<std::size_t>(count));
  }
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Result<StartedChild> start_child(const std::vector<std::string>& arguments) {
  auto pipe = make_pipe();
  if (!pipe) return tl::unexpected(pipe.error());
  const auto child = spawn(arguments, pipe->write.get());
  if (!child) return tl::unexpected(child.error());
  return StartedChild{*child,
                      std::move(pipe->read)};  // its own end is closed, or the child's would never be seen
}

Result<ChildRun> run_child(const std::vector<std::string>& arguments) {
  const auto child = start_child(arguments);
  if (!child) return tl::unexpected(child.error());
  ChildRun run;
  watch(child->process, child->output.get(), run);
  run.exit_code = wait_for(child->process);
  return run;
}

}  // namespace diktate::bench
