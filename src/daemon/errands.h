// Work on threads of its own, with the end of each told to the main thread.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <thread>

#include "base/result.h"
#include "daemon/mailbox.h"

namespace diktate {

// The main thread uses it; it does not wait, but for all that is left at its end.
class Errands {
 public:
  explicit Errands(Mailbox& mailbox) : mailbox_(mailbox) {}
  ~Errands();
  Errands(const Errands&) = delete;
  Errands& operator=(const Errands&) = delete;

  // Runs `work` on a thread of that name, and after it `then` on the main thread; where no thread is to be
  // had, `then` alone, which is told why.
  void run(const std::string& name, std::function<void()> work,
           std::function<void(const Result<void>& ran)> then);

  bool none() const { return threads_.empty(); }
  std::size_t count() const { return threads_.size(); }

 private:
  Mailbox& mailbox_;
  std::map<int, std::thread> threads_;
  int last_ = 0;
};

}  // namespace diktate
