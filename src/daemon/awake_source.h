// An audio source that is at its end when the machine goes to sleep: whoever wakes it does not know that it
// still listens.
#pragma once

#include <functional>
#include <memory>

#include "base/clock.h"
#include "core/ports.h"

namespace diktate {

// read() fails once the machine slept after this call; what was heard before is not lost by it. All else is
// as `source` does it. `time_asleep` as in base/time_asleep.h; the reading thread calls it.
std::unique_ptr<AudioSource> make_awake(std::unique_ptr<AudioSource> source,
                                        std::function<Nanoseconds()> time_asleep);

}  // namespace diktate
