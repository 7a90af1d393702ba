// Whether a text of ours on the clipboard of a compositor can be read by others.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "core/ports.h"

namespace diktate {

struct ClipboardTrial {
  bool tried = false;
  std::string got = {};  // what was read
  Receipt receipt = Receipt::none;
  std::string why = {};  // it was not tried
};

// Offers the text and reads it over a second connection, some milliseconds; then the clipboard is empty
// again. Not tried if there is something: it would be lost when this process ends. Fails (`unavailable`)
// where there is no compositor, or no data control; with all else that went wrong.
Result<ClipboardTrial> try_wayland_clipboard(const std::string& display, std::string_view text);

}  // namespace diktate
