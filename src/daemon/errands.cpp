#include "daemon/errands.h"

#include <utility>

#include "base/start_thread.h"
#include "base/thread_name.h"

namespace diktate {

Errands::~Errands() {
  for (auto& [number, thread] : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Errands::run(const std::string& name, std::function<void()> work,
                  std::function<void(const Result<void>& ran)> then) {
  const int number = ++last_;
  const auto end = [this, number, then = std::move(then)](const Result<void>& ran) {
    if (threads_.at(number).joinable()) threads_.at(number).join();
    threads_.erase(number);
    then(ran);
  };
  std::thread& place = threads_[number];  // it is not over before `end`, whether a thread is to be had or not
  auto thread = start_thread([this, name, end, work = std::move(work)] {
    set_thread_name(name);
    work();
    mailbox_.post([end] { end({}); });
  });
  if (thread) {
    place = std::move(*thread);
  } else {
    mailbox_.post([end, why = thread.error()] { end(tl::unexpected(why)); });
  }
}

}  // namespace diktate
