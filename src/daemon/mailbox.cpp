#include "daemon/mailbox.h"

#include <cstdint>
#include <utility>

#include <sys/eventfd.h>
#include <unistd.h>

namespace diktate {

Mailbox::Mailbox() : wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void Mailbox::post(Call call) {
  const std::lock_guard lock(mutex_);
  calls_.push_back(std::move(call));
  const std::uint64_t one = 1;
  static_cast<void>(!::write(wake_.get(), &one, sizeof one));  // full means that it is readable
}

void Mailbox::deliver() {
  std::vector<Call> calls;
  {
    const std::lock_guard lock(mutex_);
    std::uint64_t count = 0;
    static_cast<void>(!::read(wake_.get(), &count, sizeof count));
    calls.swap(calls_);
  }
  for (const Call& call : calls) call();
}

}  // namespace diktate
