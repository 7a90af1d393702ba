// The terminal that this program was started in, as a window to try insertion on.
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace diktate {

// While it lives the terminal shows nothing of what is typed and hands it over as it is; Ctrl+C still ends
// the program. One thread uses it.
class OwnTerminal {
 public:
  // Fails (`unavailable`) where there is none, or another program has it.
  static Result<std::unique_ptr<OwnTerminal>> open();
  virtual ~OwnTerminal() = default;  // as it was
  OwnTerminal(const OwnTerminal&) = delete;
  OwnTerminal& operator=(const OwnTerminal&) = delete;

  // What was written into it before is thrown away.
  virtual void forget() = 0;

  // What is written into it; waits until that is `expected`, or for as long.
  virtual std::string text(const std::string& expected, Nanoseconds limit) = 0;

 protected:
  OwnTerminal() = default;
};

}  // namespace diktate
