#include "bench/stand_in.h"

#include <csignal>
#include <utility>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/child.h"

namespace diktate::bench {
namespace {

// Up to the end of the line; "" if the other end is closed before.
std::string read_line(int fd) {
  std::string line;
  char letter = 0;
  while (::read(fd, &letter, 1) == 1 && letter != '\n') line += letter;
  return letter == '\n' ? line : "";
}

void end(pid_t process) {
  ::kill(process, SIGTERM);
  ::waitpid(process, nullptr, 0);
}

}  // namespace

Result<StandIn> StandIn::start(const std::vector<std::string>& arguments) {
  std::vector<std::string> command = {"/usr/bin/env", "node", DIKTATE_STAND_IN};
  command.insert(command.end(), arguments.begin(), arguments.end());
  auto started = start_child(command);
  if (!started) return tl::unexpected(started.error());
  std::string url = read_line(started->output.get());
  if (url.empty()) {
    end(started->process);
    return fail(ErrorKind::unavailable, "the stand-in for a server does not start (is node installed?)");
  }
  return StandIn(started->process, std::move(started->output), std::move(url));
}

StandIn::StandIn(pid_t process, UniqueFd output, std::string url)
    : process_(process), output_(std::move(output)), url_(std::move(url)) {}

StandIn::StandIn(StandIn&& other) noexcept
    : process_(std::exchange(other.process_, 0)),
      output_(std::move(other.output_)),
      url_(std::move(other.url_)) {}

StandIn::~StandIn() {
  if (process_ != 0) end(process_);
}

}  // namespace diktate::bench
