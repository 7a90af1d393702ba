// The stand-in for an Ollama server (tests/lab/ollama.js) in a process of its own.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

#include "base/files.h"
#include "base/result.h"

namespace diktate::bench {

// Listens on a free port of 127.0.0.1 as long as it lives.
class StandIn {
 public:
  // Waits until it listens. `unavailable` without node.
  static Result<StandIn> start(const std::vector<std::string>& arguments);
  StandIn(StandIn&& other) noexcept;
  StandIn& operator=(StandIn&&) = delete;
  ~StandIn();

  const std::string& url() const { return url_; }

 private:
  StandIn(pid_t process, UniqueFd output, std::string url);
  pid_t process_;
  UniqueFd output_;
  std::string url_;
};

}  // namespace diktate::bench
