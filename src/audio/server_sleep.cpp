#include "audio/server_sleep.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace diktate {
namespace {

constexpr std::chrono::milliseconds kFirstPause{250};
constexpr std::chrono::milliseconds kLongestPause{64'000};

}  // namespace

ServerSleep::ServerSleep() : wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void ServerSleep::wake() const {
  const std::uint64_t one = 1;
  static_cast<void>(!::write(wake_.get(), &one, sizeof one));
}

bool ServerSleep::sleep(int sign) {
  pause_ = std::clamp(2 * pause_, kFirstPause, kLongestPause);
  std::array<pollfd, 2> ready{{{wake_.get(), POLLIN, 0}, {sign, POLLIN, 0}}};
  ::poll(ready.data(), ready.size(), static_cast<int>(pause_.count()));
  const bool woken = ready[0].revents != 0 || ready[1].revents != 0;
  if (woken) pause_ = {};
  std::uint64_t count = 0;
  static_cast<void>(!::read(wake_.get(), &count, sizeof count));
  return woken;
}

}  // namespace diktate
