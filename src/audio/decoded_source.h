// Makes an AudioSource of a Decoder: blocks of any size become reads of any size, at once or paced.
#pragma once

#include <memory>

#include "audio/decoder.h"
#include "audio/pace.h"
#include "base/clock.h"
#include "base/result.h"
#include "core/ports.h"

namespace diktate {

// Fails (`invalid`) when the speed is negative or no number. `clock` is borrowed for as long as the source
// lives.
Result<std::unique_ptr<AudioSource>> make_source(std::unique_ptr<Decoder> decoder, const Pace& pace,
                                                 const Clock& clock);

}  // namespace diktate
