#include "base/signal_queue.h"

#include <sys/signalfd.h>
#include <unistd.h>

namespace diktate {

SignalQueue::SignalQueue(std::span<const int> signals) {
  ::sigemptyset(&signals_);
  for (const int signal : signals) ::sigaddset(&signals_, signal);
  ::pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  descriptor_ = UniqueFd(::signalfd(-1, &signals_, SFD_CLOEXEC | SFD_NONBLOCK));
}

SignalQueue::~SignalQueue() { ::pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr); }

std::optional<int> SignalQueue::next() {
  signalfd_siginfo info{};
  if (::read(descriptor_.get(), &info, sizeof info) != sizeof info) return {};
  return static_cast<int>(info.ssi_signo);
}

}  // namespace diktate
