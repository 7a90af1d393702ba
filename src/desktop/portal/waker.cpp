#include "desktop/portal/waker.h"

#include <cstdint>

#include <sys/eventfd.h>
#include <unistd.h>

namespace diktate {

PortalWaker::PortalWaker() : alarm_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void PortalWaker::wake() const {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(alarm_.get(), &one, sizeof one);
}

void PortalWaker::stop() {
  stopped_ = true;
  wake();
}

void PortalWaker::rest() const {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto bytes = read(alarm_.get(), &count, sizeof count);
}

}  // namespace diktate
