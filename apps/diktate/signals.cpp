#include "signals.h"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/thread_name.h"

namespace diktate {
namespace {

std::vector<int> watched(Signals::Input input) {
  std::vector<int> signals{SIGINT, SIGTERM};
  struct sigaction hangup {};
  const bool ignored = ::sigaction(SIGHUP, nullptr, &hangup) == 0 && hangup.sa_handler == SIG_IGN;
  if (input == Signals::Input::microphone && !ignored) signals.push_back(SIGHUP);
  return signals;
}

// Whether Enter was pressed at the terminal of the program. Of one that is not in its foreground nothing may
// be read.
bool has_line(const pollfd& terminal) {
  std::array<char, 256> line{};
  return terminal.revents != 0 && ::tcgetpgrp(terminal.fd) == ::getpgrp() &&
         ::read(terminal.fd, line.data(), line.size()) > 0;
}

}  // namespace

Signals::Signals(Input input) : input_(input), signals_(watched(input)), wake_(::eventfd(0, EFD_CLOEXEC)) {
  const bool watched_terminal = input == Input::microphone && ::isatty(STDIN_FILENO) != 0;
  thread_ = std::thread([this, watched_terminal] { watch(watched_terminal); });
}

Signals::~Signals() {
  const std::uint64_t one = 1;
  if (::write(wake_.get(), &one, sizeof one) == sizeof one) thread_.join();
}

void Signals::watch(bool enter) {
  set_thread_name("signals");
  std::array<pollfd, 3> ready{
      {{signals_.descriptor(), POLLIN, 0}, {wake_.get(), POLLIN, 0}, {enter ? STDIN_FILENO : -1, POLLIN, 0}}};
  while (::poll(ready.data(), ready.size(), -1) >= 0 && ready[1].revents == 0) {
    while (const auto signal = signals_.next()) handle(*signal);
    if (has_line(ready[2])) finish_.request_stop();
    if (ready[2].revents != 0) ready[2].fd = -1;  // one is all there is to say
  }
}

void Signals::handle(int signal) {
  const bool finishes = may_finish_ && (signal == SIGINT || input_ == Input::microphone);
  if (!cancel_.stop_requested() && finishes && finish_.request_stop()) return;
  const bool cancels = signal == SIGINT || input_ == Input::other;
  if (!cancels || !cancel_.request_stop()) std::_Exit(128 + signal);
}

}  // namespace diktate
