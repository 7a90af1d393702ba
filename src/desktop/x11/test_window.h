// A window of our own that takes text as other programs do, to try the inserter on.
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace diktate {

// Its program is called kTestProgram. A thread of its own, "test window", serves it.
class X11TestWindow {
 public:
  static constexpr const char* kTestProgram = "diktate-test";

  // Which keys make it paste: those of `keys` ("Ctrl+V", "Shift+Insert", "Ctrl+Shift+V"; "": none), from
  // PRIMARY or the clipboard. Waits for the server, not for the focus. Fails (`unavailable`) where there is
  // none.
  static Result<std::unique_ptr<X11TestWindow>> open(const std::string& display, const std::string& keys,
                                                     bool primary);
  virtual ~X11TestWindow() = default;  // closes it
  X11TestWindow(const X11TestWindow&) = delete;
  X11TestWindow& operator=(const X11TestWindow&) = delete;

  // Waits until it has the focus; false: it has not got it by then.
  virtual bool await_focus(Nanoseconds limit) = 0;

  // What was written into it; waits until that is `expected`, or for as long.
  virtual std::string text(const std::string& expected, Nanoseconds limit) = 0;

 protected:
  X11TestWindow() = default;
};

}  // namespace diktate
