// From any thread to the one that waits in poll: calls that it is to make.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "base/files.h"

namespace diktate {

class Mailbox {
 public:
  using Call = std::function<void()>;

  Mailbox();

  // Any thread; does not wait.
  void post(Call call);

  // Readable when deliver() has something to do.
  int descriptor() const { return wake_.get(); }

  // Makes the calls that were posted, in their order.
  void deliver();

 private:
  UniqueFd wake_;
  std::mutex mutex_;
  std::vector<Call> calls_;
};

}  // namespace diktate
