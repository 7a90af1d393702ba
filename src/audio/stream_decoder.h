// A stream of bytes as a Decoder: read, parse, resample.
#pragma once

#include <memory>
#include <string>

#include "audio/decoder.h"
#include "audio/encoding.h"
#include "base/result.h"

namespace diktate {

// Reads from a duplicate of `fd`; errors start with `name`.
Result<std::unique_ptr<Decoder>> make_stream_decoder(int fd, const std::string& name, const PcmFormat& raw);

}  // namespace diktate
