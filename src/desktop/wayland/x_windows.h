// The windows of X in a Wayland compositor (XWayland). They are served by the methods of X: by those alone it
// is known which program reads, and some of them paste what Wayland does not have. Inside this folder only.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "core/ports.h"
#include "desktop/x11/inserter.h"

namespace diktate {

// One that has the focus, and what inserts there.
class XWindow final : public TextTarget {
 public:
  XWindow(std::shared_ptr<TextInserter> inserter, std::unique_ptr<TextTarget> window)
      : inserter_(std::move(inserter)), window_(std::move(window)) {}
  // Waits for XWayland (milliseconds), 200 ms at most.
  ~XWindow() override;
  XWindow(const XWindow&) = delete;
  XWindow& operator=(const XWindow&) = delete;

  std::string name() const override { return window_->name(); }
  TextInserter& inserter() { return *inserter_; }
  TextTarget& window() { return *window_; }

 private:
  std::shared_ptr<TextInserter> inserter_;
  std::unique_ptr<TextTarget> window_;
};

// Thread-safe.
class XWindows {
 public:
  explicit XWindows(X11InserterOptions options);
  // Waits for XWayland (milliseconds), 2 s at most.
  ~XWindows();
  XWindows(const XWindows&) = delete;
  XWindows& operator=(const XWindows&) = delete;

  // The one that has the focus; null: none has, or XWayland hangs. XWayland is not started for that: as long
  // as it does not run there are none. Waits for it, 200 ms at most.
  std::unique_ptr<XWindow> remember();

 private:
  struct Shared;
  std::mutex mutex_;  // one asks at a time
  std::shared_ptr<Shared> shared_;
};

}  // namespace diktate
