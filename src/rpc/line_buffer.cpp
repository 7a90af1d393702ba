#include "rpc/line_buffer.h"

#include <algorithm>

namespace diktate {

std::optional<std::string> LineBuffer::next() {
  const std::size_t end = bytes_.find('\n', std::max(scanned_, start_));
  const std::size_t length = std::min(end, bytes_.size()) - start_;
  if (length > longest_) too_long_ = true;
  if (too_long_) return {};
  if (end == std::string::npos) {
    bytes_.erase(0, start_);
    start_ = 0;
    scanned_ = bytes_.size();
    return {};
  }
  std::string line = bytes_.substr(start_, length);
  start_ = end + 1;
  return line;
}

}  // namespace diktate
