// Threads where the system may have none left.
#pragma once

#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "base/result.h"

namespace diktate {

// Runs `work` on a thread. `failed`: none is to be had, and `work` is gone.
template <class Work>
Result<std::thread> start_thread(Work work) {
  try {
    return std::thread(std::move(work));
  } catch (const std::system_error& error) {
    return fail(ErrorKind::failed, std::string("no thread could be started: ") + error.what());
  }
}

}  // namespace diktate
