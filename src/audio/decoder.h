// Where the samples of a source come from: what file, stream and memory differ in. Inside this folder only.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/values.h"

namespace diktate {

// One thread uses it.
class Decoder {
 public:
  virtual ~Decoder() = default;

  // Appends the next samples to `out`: some, none yet, but never so many that memory would grow with the
  // length. False once there will be no more, and from then on. After `stop` is requested there is no more
  // than what had arrived by then.
  virtual Result<bool> decode(Samples& out, std::stop_token stop) = 0;

  // Whether decode() may wait for somebody outside to write, so that it must be told when to stop.
  virtual bool waits() const { return false; }

  virtual std::vector<std::string> warnings() const { return {}; }
};

}  // namespace diktate
