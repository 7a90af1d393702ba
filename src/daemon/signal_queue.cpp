#include "daemon/signal_queue.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace diktate {
namespace {

sigset_t watched() {
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGINT);
  ::sigaddset(&set, SIGTERM);
  ::sigaddset(&set, SIGHUP);
  return set;
}

sigset_t blocked() {
  sigset_t set = watched();
  ::sigaddset(&set, SIGPIPE);
  return set;
}

}  // namespace

SignalQueue::SignalQueue() {
  const sigset_t all = blocked();
  ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
  const sigset_t set = watched();
  signals_ = UniqueFd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

SignalQueue::~SignalQueue() {
  const sigset_t set = watched();
  ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

std::optional<int> SignalQueue::next() {
  signalfd_siginfo info{};
  if (::read(signals_.get(), &info, sizeof info) != sizeof info) return {};
  return static_cast<int>(info.ssi_signo);
}

}  // namespace diktate
