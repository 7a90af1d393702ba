// Many channels become one: the mean of all, without the values that no microphone makes.
#pragma once

#include <span>

#include "core/values.h"

namespace diktate {

// Appends one sample for each frame of `interleaved`, whose size is a multiple of `channels`. What is no
// number or infinite counts as 0, what is louder than full scale as full scale.
void append_mono(std::span<const float> interleaved, int channels, Samples& mono);

}  // namespace diktate
