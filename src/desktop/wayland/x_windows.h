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

  std::string name() const override { return window_->name(); }
  TextInserter& inserter() { return *inserter_; }
  TextTarget& window() { return *window_; }

 private:
  const std::shared_ptr<TextInserter> inserter_;
  const std::unique_ptr<TextTarget> window_;
};

// Thread-safe.
class XWindows {
 public:
  explicit XWindows(X11InserterOptions options) : options_(std::move(options)) {}

  // The one that has the focus; null: none has. XWayland is not started for that: as long as it does not run
  // there are none. Waits for it (milliseconds).
  std::unique_ptr<XWindow> remember();

 private:
  std::shared_ptr<TextInserter> inserter();

  const X11InserterOptions options_;
  std::mutex mutex_;
  std::shared_ptr<TextInserter> inserter_;
};

}  // namespace diktate
