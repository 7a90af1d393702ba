// A process that gives back the clipboard when the program has ended before it could. Inside this folder
// only.
#pragma once

#include <string>

#include <sys/types.h>

#include "base/files.h"
#include "desktop/x11/content.h"

namespace diktate {

// The thread of the selections uses it. The process is started with the first content. When this ends,
// whatever its end is, and the clipboard has no owner but `window` then, the process offers the content until
// another program takes the clipboard; else it ends.
class ClipboardBackup {
 public:
  // `program` runs run_clipboard_holder(); empty: nothing is kept.
  ClipboardBackup(std::string program, std::string display);
  ~ClipboardBackup() = default;
  ClipboardBackup(const ClipboardBackup&) = delete;
  ClipboardBackup& operator=(const ClipboardBackup&) = delete;

  // Instead of what was kept before; nothing: forget that. `window` owns the clipboard where we do. Waits a
  // second at most; what cannot be kept is not.
  void keep(const SharedContent& content, XId window);

 private:
  bool start(XId window);

  const std::string program_;
  const std::string display_;
  UniqueFd process_;  // its standard input
};

}  // namespace diktate
