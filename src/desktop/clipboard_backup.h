// A process that gives back the clipboard when the program has ended before it could.
#pragma once

#include <cstdint>
#include <string>

#include "base/files.h"
#include "desktop/kept_content.h"

namespace diktate {

// The thread of the clipboard uses it. The process is started with the first content. When this ends,
// whatever its end is, and nobody else has taken the clipboard, the process offers the content until another
// program takes the clipboard; else it ends.
class ClipboardBackup {
 public:
  // `program` runs the holder `kind`, kX11Holder or kWaylandHolder; empty: nothing is kept.
  ClipboardBackup(std::string program, std::string kind, std::string display);
  ~ClipboardBackup() = default;
  ClipboardBackup(const ClipboardBackup&) = delete;
  ClipboardBackup& operator=(const ClipboardBackup&) = delete;

  // Instead of what was kept before; nothing: forget that. X: `window` owns the clipboard where we do. Waits
  // a second at most; what cannot be kept is not.
  void keep(const KeptContent& content, std::uint32_t window = 0);

  // The clipboard has no owner: waits until the holder is it, a second at most. Nothing can be kept after it.
  void hand_over();

 private:
  bool start(std::uint32_t window);

  const std::string program_;
  const std::string kind_;
  const std::string display_;
  UniqueFd process_;  // its standard input
};

}  // namespace diktate
