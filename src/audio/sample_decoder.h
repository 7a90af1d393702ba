// Turns the bytes of interleaved samples into mono ones, however the bytes are split.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "audio/encoding.h"

namespace diktate {

class SampleDecoder {
 public:
  // `format` has passed check_format().
  explicit SampleDecoder(const PcmFormat& format) : format_(format) {}

  // Appends one sample (at the rate of the format) for each frame that the bytes complete.
  void push(std::span<const std::byte> bytes, Samples& mono);

  // Bytes of a frame that is not complete yet.
  std::size_t pending() const { return partial_.size(); }

 private:
  std::span<const std::byte> complete_partial(std::span<const std::byte> bytes, Samples& mono);
  void decode(std::span<const std::byte> frames, Samples& mono);

  PcmFormat format_;
  std::vector<std::byte> partial_;  // less than a frame
  Samples interleaved_;             // kept for its memory alone
};

}  // namespace diktate
