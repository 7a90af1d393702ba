// Bytes as they come to lines, of a limited length.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace diktate {

// One thread uses it.
class LineBuffer {
 public:
  explicit LineBuffer(std::size_t longest) : longest_(longest) {}

  void push(std::string_view bytes) { bytes_ += bytes; }

  // The next line that is whole, without its end; nothing where there is none, or where it is too long.
  std::optional<std::string> next();

  // next() gave nothing because the line is longer than it may be: there is no way on.
  bool too_long() const { return too_long_; }

  // Bytes that wait for the end of their line.
  std::size_t waiting() const { return bytes_.size() - start_; }

 private:
  const std::size_t longest_;
  std::string bytes_;
  std::size_t start_ = 0;    // of the next line
  std::size_t scanned_ = 0;  // no line end before it
  bool too_long_ = false;
};

}  // namespace diktate
