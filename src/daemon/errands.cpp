#include "daemon/errands.h"

#include <utility>

#include "base/thread_name.h"

namespace diktate {

Errands::~Errands() {
  for (auto& [number, thread] : threads_) thread.join();
}

void Errands::run(const std::string& name, std::function<void()> work, std::function<void()> then) {
  const int number = ++last_;
  threads_[number] =
      std::thread([this, name, number, work = std::move(work), then = std::move(then)]() mutable {
        set_thread_name(name);
        work();
        mailbox_.post([this, number, then = std::move(then)] {
          threads_.at(number).join();
          threads_.erase(number);
          then();
        });
      });
}

}  // namespace diktate
