#include "desktop/command_inserter.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"
#include "desktop/quiet_pipes.h"

namespace diktate {
namespace {

constexpr int kCancelLook = 50;  // ms between two looks at who wants to stop

class UnknownTarget final : public TextTarget {
 public:
  std::string name() const override { return ""; }
};

const std::string& called(const CommandInserterOptions& options) {
  return options.name.empty() ? options.command.front() : options.name;
}

// A child that reads; it is ended with this object.
class Child {
 public:
  static Result<Child> start(const CommandInserterOptions& options);

  Child(Child&& other) noexcept
      : pid_(std::exchange(other.pid_, 0)),
        handle_(std::move(other.handle_)),
        input_(std::move(other.input_)) {}
  Child& operator=(Child&&) = delete;
  ~Child() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

  // Whether there is room for more of its input within a moment, or it closed it.
  bool wants_input() const { return becomes(input_.get(), POLLOUT); }
  ssize_t write(std::string_view bytes) const { return ::write(input_.get(), bytes.data(), bytes.size()); }
  void end_input() { input_ = UniqueFd(); }

  // Its status, once it ended; waits a moment for that.
  std::optional<int> status() {
    if (!becomes(handle_.get(), POLLIN)) return {};
    int status = 0;
    ::waitpid(std::exchange(pid_, 0), &status, 0);
    return status;
  }

 private:
  Child(pid_t pid, UniqueFd input)
      : pid_(pid), handle_(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))), input_(std::move(input)) {}
  static bool becomes(int fd, short events) {
    pollfd ready{fd, events, 0};
    return ::poll(&ready, 1, kCancelLook) > 0;
  }

  pid_t pid_;
  UniqueFd handle_;
  UniqueFd input_;
};

// The signals that the daemon keeps for itself are the child's own again.
Result<Child> Child::start(const CommandInserterOptions& options) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return fail(ErrorKind::failed, "no pipe for the insert command");
  const UniqueFd reading(pipe[0]);
  UniqueFd writing(pipe[1]);
  ::fcntl(writing.get(), F_SETFL, O_NONBLOCK);
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_adddup2(&files, reading.get(), STDIN_FILENO);
  ::posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  sigset_t none;
  ::sigemptyset(&none);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  std::vector<char*> arguments;
  for (const std::string& word : options.command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  pid_t pid = 0;
  const int error = ::posix_spawnp(&pid, arguments[0], &files, &attributes, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&files);
  ::posix_spawnattr_destroy(&attributes);
  if (error != 0) {
    return fail(ErrorKind::unavailable,
                "the insert command '" + called(options) + "' does not start: " + std::strerror(error));
  }
  return Child(pid, std::move(writing));
}

class CommandInserter final : public TextInserter {
 public:
  explicit CommandInserter(CommandInserterOptions options) : options_(std::move(options)) {}

  std::unique_ptr<TextTarget> remember() override { return std::make_unique<UnknownTarget>(); }

  Result<Insertion> insert(TextTarget& /*target*/, const InsertRequest& request,
                           std::stop_token cancel) override {
    const std::lock_guard one_at_a_time(mutex_);
    const QuietPipes quiet;
    auto child = Child::start(options_);
    if (!child) return tl::unexpected(child.error());
    const Instant until = SteadyClock().now() + options_.limit;
    const auto given_up = [&] { return cancel.stop_requested() || SteadyClock().now() >= until; };
    const bool taken = feed(*child, request.text, given_up);
    child->end_input();
    std::optional<int> status;
    while (!status && !given_up()) status = child->status();
    if (cancel.stop_requested()) return fail(ErrorKind::cancelled, "cancelled");
    if (!status) return failed("does not end");
    if (!WIFEXITED(*status)) return failed("was killed by signal " + std::to_string(WTERMSIG(*status)));
    if (WEXITSTATUS(*status) != 0)
      return failed("failed with exit code " + std::to_string(WEXITSTATUS(*status)));
    if (!taken) return failed("did not read all of the text");
    const char* note = request.keys.empty() ? "" : "a command presses no keys";
    return Insertion{"command", Receipt::sent, false, note};
  }

  std::string name() const override { return "command"; }

 private:
  template <class GivenUp>
  static bool feed(const Child& child, std::string_view text, GivenUp given_up) {
    while (!text.empty() && !given_up()) {
      if (!child.wants_input()) continue;
      const ssize_t written = child.write(text);
      if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
      if (written < 0 && errno != EAGAIN && errno != EINTR) return false;
    }
    return text.empty();
  }

  tl::unexpected<Error> failed(const std::string& how) const {
    return fail(ErrorKind::failed, "the insert command '" + called(options_) + "' " + how + options_.way_out);
  }

  const CommandInserterOptions options_;
  std::mutex mutex_;
};

}  // namespace

Result<std::unique_ptr<TextInserter>> make_command_inserter(const CommandInserterOptions& options) {
  if (options.command.empty() || options.command.front().empty())
    return fail(ErrorKind::invalid, "[insert] command is not set: command = [\"program\", \"argument\"]");
  return std::make_unique<CommandInserter>(options);
}

}  // namespace diktate
